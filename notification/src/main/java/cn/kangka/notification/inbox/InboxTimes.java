package cn.kangka.notification.inbox;

import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Times as people here read them. */
final class InboxTimes {
    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");

    private InboxTimes() {}

    static OffsetDateTime here(OffsetDateTime time) {
        return time == null ? null : time.atZoneSameInstant(HERE).toOffsetDateTime();
    }
}
