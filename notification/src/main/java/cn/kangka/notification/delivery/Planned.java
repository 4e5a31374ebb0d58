package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.NoticeClass;
import java.time.Instant;
import java.util.UUID;

/**
 * A delivery to be made.
 *
 * @param account null when the notice goes to a phone number
 * @param channel {@link #PUSH} or a channel's name
 * @param lane whose workers carry it; a fallback SMS that is not urgent travels behind codes and bookings
 */
public record Planned(UUID notice, UUID account, String channel, NoticeClass lane, Instant dueAt) {
    /** The intent to push; becomes one delivery per device when it is due. */
    public static final String PUSH = "PUSH";

    public static final String INBOX = "INBOX";
    public static final String SMS = "SMS";
}
