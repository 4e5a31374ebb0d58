package cn.kangka.api.referral;

import java.util.UUID;

/**
 * A referral as its rules need it, its row locked.
 *
 * @param appointment the booking it led to; null without one
 */
record Referral(
        UUID id, UUID person, String from, String to, ReferralStatus status, Consent consent, UUID appointment) {
    @Override
    public String toString() {
        return "referral " + id;
    }
}
