package cn.kangka.api.appointment;

/** What a visit that a hospital reports does to the booking it belongs to. */
final class VisitPolicy {
    private VisitPolicy() {}

    /** What a hospital reports of a visit. */
    enum Kind {
        ARRIVED,
        ADMITTED,
        DISCHARGED,
        CANCELLED
    }

    /** The booking's state afterwards; the same one where the report changes nothing. */
    static AppointmentStatus after(AppointmentStatus status, Kind kind) {
        return switch (status) {
            // Missed: the report came late, the person did not.
            case BOOKED, MISSED -> arrived(status, kind);
            case CHECKED_IN -> seen(kind);
            case COMPLETED, CANCELLED, REFUSED, STOPPED -> status;
        };
    }

    private static AppointmentStatus arrived(AppointmentStatus status, Kind kind) {
        return switch (kind) {
            case ARRIVED, ADMITTED -> AppointmentStatus.CHECKED_IN;
            case DISCHARGED -> AppointmentStatus.COMPLETED;
            case CANCELLED -> status;
        };
    }

    private static AppointmentStatus seen(Kind kind) {
        return switch (kind) {
            case ARRIVED, ADMITTED -> AppointmentStatus.CHECKED_IN;
            case DISCHARGED -> AppointmentStatus.COMPLETED;
            case CANCELLED -> AppointmentStatus.BOOKED;
        };
    }
}
