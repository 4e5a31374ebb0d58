package cn.kangka.api.appointment;

import java.time.OffsetDateTime;

/** Whether and how a booking can be cancelled. */
final class CancelPolicy {
    private CancelPolicy() {}

    enum Decision {
        /** In time. */
        CANCEL,
        /** After the deadline: accepted, and counted. */
        CANCEL_LATE,
        /** It is cancelled already: the same answer again. */
        ALREADY,
        /** Not any more: it began, or it has another end. */
        TOO_LATE
    }

    static Decision decide(
            AppointmentStatus status, OffsetDateTime start, OffsetDateTime cancelUntil, OffsetDateTime now) {
        return switch (status) {
            case CANCELLED -> Decision.ALREADY;
            case BOOKED ->
                !now.isBefore(start)
                        ? Decision.TOO_LATE
                        : now.isAfter(cancelUntil) ? Decision.CANCEL_LATE : Decision.CANCEL;
            case CHECKED_IN, COMPLETED, MISSED, REFUSED, STOPPED -> Decision.TOO_LATE;
        };
    }
}
