package cn.kangka.api.appointment;

/**
 * What a hospital's schedule message about one of our bookings does to it (FHIR Appointment, made of SIU^S12 to S26);
 * whatever comes, and in whatever order, one defined state comes out (docs/appointments.md has the table).
 */
final class ScheduleWordPolicy {
    private ScheduleWordPolicy() {}

    /** What the hospital's schedule says. */
    enum Word {
        /** It stands, at our time. */
        BOOKED,
        /** It stands, at another time. */
        OTHER_TIME,
        /** It is cancelled, or was entered in error. */
        CANCELLED,
        /** The person did not come. */
        NO_SHOW,
        /** The visit is over. */
        FULFILLED,
        /** Nothing is decided. */
        PENDING
    }

    /** When it is said. */
    enum Moment {
        BEFORE_DAY,
        BEFORE_START,
        BEGUN
    }

    /** What is to be done. */
    enum Effect {
        NONE,
        /** As an acceptance. */
        ACCEPT,
        /** Move it where the hospital has it, if our plan has that; else somebody must look. */
        MOVE,
        /** As a refusal after an acceptance. */
        REFUSE,
        /** Nobody came: a mark. */
        MISS,
        COMPLETE,
        /** It was refused before: tell the hospital to drop it. */
        WITHDRAW
    }

    /**
     * The effect.
     *
     * @param settled the hospital has accepted it, at our time
     * @param withdrawn the hospital was told already to drop a late acceptance
     */
    static Effect effect(AppointmentStatus status, boolean settled, boolean withdrawn, Word word, Moment moment) {
        return switch (status) {
            case BOOKED -> whileBooked(settled, word, moment);
            // Whoever is there is not sent away by a message: their arrival outweighs a no-show or a cancel.
            case CHECKED_IN -> word == Word.FULFILLED ? Effect.COMPLETE : Effect.NONE;
            // Hospitals tidy up by cancelling whom they missed: that takes no mark away, an appeal does.
            case MISSED -> whileMissed(word);
            case REFUSED ->
                (word == Word.BOOKED || word == Word.OTHER_TIME) && !withdrawn ? Effect.WITHDRAW : Effect.NONE;
            case COMPLETED, CANCELLED, STOPPED -> Effect.NONE;
        };
    }

    private static Effect whileBooked(boolean settled, Word word, Moment moment) {
        return switch (word) {
            case BOOKED -> settled ? Effect.NONE : Effect.ACCEPT;
            case OTHER_TIME -> Effect.MOVE;
            case CANCELLED -> Effect.REFUSE;
            // Nobody can have missed what has not begun.
            case NO_SHOW -> moment == Moment.BEGUN ? Effect.MISS : Effect.NONE;
            case FULFILLED -> moment == Moment.BEFORE_DAY ? Effect.NONE : Effect.COMPLETE;
            case PENDING -> Effect.NONE;
        };
    }

    private static Effect whileMissed(Word word) {
        return switch (word) {
            case NO_SHOW -> Effect.MISS;
            case FULFILLED -> Effect.COMPLETE;
            case BOOKED, OTHER_TIME, CANCELLED, PENDING -> Effect.NONE;
        };
    }
}
