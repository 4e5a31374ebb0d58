/**
 * Referrals between institutions (双向转诊): one refers with reason and documents, the other answers, both and the person see
 * where it stands.
 *
 * <p>Invariants: only {@link cn.kangka.api.referral.ReferralPolicy} moves a referral, and every move is audited; a booked one
 * has a booking that limits don't count; documents are seen by the other side only while the person's separate consent stands;
 * for any third institution a referral does not exist.
 */
package cn.kangka.api.referral;
