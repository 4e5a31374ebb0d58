package cn.kangka.notification.delivery;

import java.time.Instant;

/**
 * What became of a claimed delivery.
 *
 * @param dueAt when to try again; of no meaning in a final state
 * @param reason a code; null when all is well
 */
record Settlement(Claimed claimed, DeliveryState state, Instant dueAt, String reason, String providerId) {
    static Settlement done(Claimed claimed, DeliveryState state, String reason, Instant now) {
        return new Settlement(claimed, state, now, reason, null);
    }
}
