package cn.kangka.notification.channel;

import java.time.Instant;
import java.util.UUID;

/**
 * One notice to one address.
 *
 * @param delivery the delivery's id
 * @param notice the notice's id; the collapse id, so that a repeated push replaces the first on the screen
 * @param attempt 1 for the first
 * @param account null when the notice goes to a phone number
 * @param address a phone number or device token; null for the inbox
 * @param title null where the channel has none
 * @param body the text
 * @param link route in the app; null when there is none
 * @param expiresAt after this it is of no use; null for never
 * @param trace W3C traceparent of the request that caused it; may be null
 */
public record Message(
        UUID delivery,
        UUID notice,
        int attempt,
        NoticeClass noticeClass,
        UUID account,
        String address,
        String title,
        String body,
        String link,
        Instant expiresAt,
        String trace) {

    /** Without address and text: neither belongs into a log. */
    @Override
    public String toString() {
        return "Message[" + delivery + "]";
    }
}
