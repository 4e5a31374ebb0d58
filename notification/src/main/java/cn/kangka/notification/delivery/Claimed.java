package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.Message;
import cn.kangka.notification.channel.NoticeClass;
import cn.kangka.notification.template.Texts;
import java.time.Instant;
import java.util.UUID;

/**
 * A leased delivery with what it carries.
 *
 * @param attempt 1 for the first; the settlement counts only while it is still this attempt's
 * @param phone of a notice without an account; else null
 */
record Claimed(
        UUID id,
        UUID notice,
        int attempt,
        UUID account,
        UUID endpoint,
        NoticeClass noticeClass,
        String phone,
        Texts texts,
        String link,
        Instant expiresAt,
        Instant plannedFor,
        String trace) {

    String text(String channel) {
        return switch (channel) {
            case Planned.INBOX -> texts.body();
            case Planned.SMS -> texts.sms();
            default -> texts.push();
        };
    }

    Message message(String channel, String address) {
        return new Message(
                id,
                notice,
                attempt,
                noticeClass,
                account,
                address,
                texts.title(),
                text(channel),
                link,
                expiresAt,
                trace);
    }

    /** Without texts and phone. */
    @Override
    public String toString() {
        return "Claimed[" + id + "]";
    }
}
