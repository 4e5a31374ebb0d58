package cn.kangka.api.appointment;

/**
 * What a hospital's word does to a booking; whatever the order and number of its answers, one defined state comes out
 * (docs/appointments.md has the table).
 */
final class HospitalAnswerPolicy {
    private HospitalAnswerPolicy() {}

    /** What is to be done. */
    enum Effect {
        /** Nothing: it changes nothing, or it is said already. */
        NONE,
        /** The hospital has it: tell the person. */
        ACCEPT,
        /** The hospital does not have it: block the unit, tell the person, offer others. */
        REFUSE,
        /** It had accepted and refuses what was ordered again: perhaps because it has it. Somebody must look. */
        DOUBT,
        /** It had refused and accepts now: too late, tell the hospital to drop it. */
        WITHDRAW
    }

    /** What a hospital may say. */
    enum Outcome {
        ACCEPTED,
        REFUSED,
        PENDING
    }

    /**
     * @param withdrawn the hospital was told already to drop a late acceptance
     * @param reordered the hospital had accepted and was asked again because its list did not have it: that it refuses the
     *     second order, as one that exists already, does not take back the first, but then nobody knows
     */
    static Effect effect(
            AppointmentStatus status, HospitalStatus said, boolean withdrawn, boolean reordered, Outcome outcome) {
        return switch (status) {
            case BOOKED -> whileBooked(said, reordered, outcome);
            case REFUSED -> outcome == Outcome.ACCEPTED && !withdrawn ? Effect.WITHDRAW : Effect.NONE;
            case CHECKED_IN, COMPLETED, MISSED, CANCELLED, STOPPED -> Effect.NONE;
        };
    }

    private static Effect whileBooked(HospitalStatus said, boolean reordered, Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> said == HospitalStatus.ACCEPTED ? Effect.NONE : Effect.ACCEPT;
            case REFUSED -> reordered && said == HospitalStatus.ACCEPTED ? Effect.DOUBT : Effect.REFUSE;
            case PENDING -> Effect.NONE;
        };
    }
}
