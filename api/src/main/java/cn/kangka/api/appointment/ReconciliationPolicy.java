package cn.kangka.api.appointment;

/** What a difference between a hospital's list and ours is called, and what is done about it. */
final class ReconciliationPolicy {
    private ReconciliationPolicy() {}

    /** A booking as a hospital lists it. */
    public enum Theirs {
        BOOKED,
        CANCELLED,
        ARRIVED,
        MISSED
    }

    /** What differs; the names are part of the interface. */
    enum Kind {
        /** We have it, the hospital does not: it is ordered again. */
        MISSING_THERE,
        /** The hospital has it, here it has ended: the hospital is told again to drop it. */
        STILL_THERE,
        /** The person is there, today or on a day before: the booking is checked in. */
        ARRIVED_THERE,
        /** Nobody here made it. Only reported. */
        UNKNOWN_HERE,
        /** Both have it, in states that do not fit. Only reported. */
        OTHERWISE;

        /** Whether something is done about it. */
        boolean certain() {
            return this != UNKNOWN_HERE && this != OTHERWISE;
        }
    }

    /**
     * @param ours null when unknown here
     * @param theirs null when not listed
     * @param ahead the visit day is still to come: whoever is said to be there already is not
     */
    static Kind kind(AppointmentStatus ours, Theirs theirs, boolean ahead) {
        if (ours == null) {
            return Kind.UNKNOWN_HERE;
        }
        return switch (ours) {
            case BOOKED -> theirs == null || theirs == Theirs.CANCELLED ? Kind.MISSING_THERE : arrived(theirs, ahead);
            case MISSED -> theirs == null ? Kind.OTHERWISE : arrived(theirs, ahead);
            case CHECKED_IN, COMPLETED -> Kind.OTHERWISE;
            case CANCELLED, REFUSED, STOPPED -> theirs == Theirs.BOOKED ? Kind.STILL_THERE : Kind.OTHERWISE;
        };
    }

    private static Kind arrived(Theirs theirs, boolean ahead) {
        return theirs == Theirs.ARRIVED && !ahead ? Kind.ARRIVED_THERE : Kind.OTHERWISE;
    }
}
