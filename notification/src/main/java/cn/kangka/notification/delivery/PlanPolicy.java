package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.NoticeClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which ways a notice goes, and when.
 *
 * @param fallbackAfter when an unread notice goes out as SMS, by class; no entry for never
 */
public record PlanPolicy(Map<NoticeClass, Duration> fallbackAfter) {
    /**
     * What there is to plan for.
     *
     * @param account null when it goes to a phone
     * @param start now, or the producer's {@code notBefore}
     * @param inboxLater whether the inbox entry is still to be made (it is made at once when start is now)
     */
    public record Notice(
            UUID id,
            UUID account,
            NoticeClass noticeClass,
            Instant start,
            boolean inboxLater,
            boolean hasPush,
            boolean hasSms) {}

    /** The deliveries of a notice. */
    public List<Planned> plan(Notice notice) {
        List<Planned> planned = new ArrayList<>();
        NoticeClass lane = notice.noticeClass();
        if (notice.account() == null) {
            planned.add(new Planned(notice.id(), null, Planned.SMS, lane, notice.start()));
            return planned;
        }
        if (notice.inboxLater()) {
            planned.add(new Planned(notice.id(), notice.account(), Planned.INBOX, lane, notice.start()));
        }
        if (notice.hasPush()) {
            planned.add(new Planned(notice.id(), notice.account(), Planned.PUSH, lane, notice.start()));
        }
        Duration wait = fallbackAfter.get(lane);
        if (notice.hasSms() && wait != null) {
            planned.add(new Planned(
                    notice.id(),
                    notice.account(),
                    Planned.SMS,
                    fallbackLane(lane),
                    notice.start().plus(wait)));
        }
        return planned;
    }

    private static NoticeClass fallbackLane(NoticeClass noticeClass) {
        return switch (noticeClass) {
            case URGENT -> NoticeClass.URGENT;
            case TRANSACTIONAL, REMINDER -> NoticeClass.REMINDER;
            case CAMPAIGN -> NoticeClass.CAMPAIGN;
        };
    }
}
