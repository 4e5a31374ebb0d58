package cn.kangka.api.queue;

import cn.kangka.api.appointment.AppointmentStatus;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * Who may check in when. The order in the queue is the booked band first, within it the check-in: who is early for a late
 * band overtakes nobody.
 *
 * @param opens how long before the band
 * @param late whether who comes after the band may still be put behind everybody
 * @param requeueMost how often somebody who did not come when called is put behind others
 */
record CheckInPolicy(Duration opens, boolean late, int requeueMost) {
    /** What becomes of a wish to check in. */
    enum Decision {
        CHECK_IN,
        /** After the band: behind everybody. */
        CHECK_IN_LATE,
        /** Called before and not come: behind some. */
        REQUEUE,
        /** Nothing to do: the same answer again. */
        ALREADY,
        TOO_EARLY,
        /** The visit is missed. */
        TOO_LATE,
        REQUEUED_TOO_OFTEN,
        /** The booking has ended. */
        ENDED
    }

    /**
     * Decides.
     *
     * @param ticket null without one
     * @param requeued how often it was put behind others
     * @param sessionEnd end of the session's last band
     */
    Decision decide(
            AppointmentStatus status,
            TicketState ticket,
            int requeued,
            OffsetDateTime start,
            OffsetDateTime end,
            OffsetDateTime sessionEnd,
            OffsetDateTime now) {
        return switch (status) {
            case BOOKED, MISSED -> arriving(start, end, sessionEnd, now);
            case CHECKED_IN -> arrived(ticket, requeued, sessionEnd, now);
            case COMPLETED -> ticket == null ? Decision.ENDED : Decision.ALREADY;
            case CANCELLED, REFUSED, STOPPED -> Decision.ENDED;
        };
    }

    private Decision arriving(OffsetDateTime start, OffsetDateTime end, OffsetDateTime sessionEnd, OffsetDateTime now) {
        if (now.isBefore(opensAt(start))) {
            return Decision.TOO_EARLY;
        }
        if (now.isBefore(end)) {
            return Decision.CHECK_IN;
        }
        return late && now.isBefore(sessionEnd) ? Decision.CHECK_IN_LATE : Decision.TOO_LATE;
    }

    private Decision arrived(TicketState ticket, int requeued, OffsetDateTime sessionEnd, OffsetDateTime now) {
        if (ticket != TicketState.PASSED) {
            return Decision.ALREADY;
        }
        if (!now.isBefore(sessionEnd)) {
            return Decision.TOO_LATE;
        }
        return requeued < requeueMost ? Decision.REQUEUE : Decision.REQUEUED_TOO_OFTEN;
    }

    OffsetDateTime opensAt(OffsetDateTime start) {
        return start.minus(opens);
    }
}
