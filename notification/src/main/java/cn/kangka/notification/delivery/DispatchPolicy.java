package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.NoticeClass;
import cn.kangka.notification.preference.Preferences;
import java.time.Instant;

/** Whether a claimed delivery goes out now. */
final class DispatchPolicy {
    /**
     * @param channel the channel's name
     * @param toAccount false when it goes to a phone number: a login code, which nothing holds back
     * @param active false for an account that gets the inbox only
     * @param hasText whether the template says something on this channel
     * @param hasAddress whether a phone or a device token is known
     */
    record Facts(
            String channel,
            NoticeClass noticeClass,
            Instant expiresAt,
            boolean toAccount,
            boolean active,
            boolean hasText,
            boolean hasAddress,
            Preferences preferences) {}

    /** What to do. */
    sealed interface Decision {
        record Send() implements Decision {}

        record Hold(Instant until) implements Decision {}

        record Settle(DeliveryState state, String reason) implements Decision {}
    }

    private DispatchPolicy() {}

    static Decision decide(Facts facts, Instant now) {
        if (facts.expiresAt() != null && !facts.expiresAt().isAfter(now)) {
            return new Decision.Settle(DeliveryState.EXPIRED, "expired");
        }
        if (facts.channel().equals(Planned.INBOX)) {
            return new Decision.Send();
        }
        return facts.toAccount() ? decideForAccount(facts, now) : send(facts);
    }

    private static Decision decideForAccount(Facts facts, Instant now) {
        if (!facts.active()) {
            return new Decision.Settle(DeliveryState.SKIPPED, "account-inactive");
        }
        boolean sms = facts.channel().equals(Planned.SMS);
        boolean wanted = sms
                ? facts.preferences().wantsSms(facts.noticeClass())
                : facts.preferences().wantsPush(facts.noticeClass());
        if (!wanted) {
            return new Decision.Settle(DeliveryState.SKIPPED, "not-wanted");
        }
        Instant allowed = facts.noticeClass() == NoticeClass.URGENT
                ? now
                : facts.preferences().quietHours().afterwards(now);
        return allowed.isAfter(now) ? new Decision.Hold(allowed) : send(facts);
    }

    private static Decision send(Facts facts) {
        if (!facts.hasText()) {
            return new Decision.Settle(DeliveryState.SKIPPED, "no-text");
        }
        if (!facts.hasAddress()) {
            return facts.channel().equals(Planned.SMS)
                    ? new Decision.Settle(DeliveryState.FAILED, "no-phone")
                    : new Decision.Settle(DeliveryState.SKIPPED, "device-gone");
        }
        return new Decision.Send();
    }
}
