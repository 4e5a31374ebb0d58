/**
 * Whom to reach: who an account is (told by {@code api}) and its devices (told by the citizen's app).
 *
 * <p>Invariants: phones and tokens are sealed; an older version of an account never replaces a newer one; a device
 * belongs to the account that registered it last; an endpoint that the provider called gone gets nothing more until it
 * registers again.
 */
package cn.kangka.notification.endpoint;
