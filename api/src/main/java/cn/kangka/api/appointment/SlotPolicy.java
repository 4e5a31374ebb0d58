package cn.kangka.api.appointment;

import java.time.OffsetDateTime;

/** Whether a slot can be booked at all, whoever asks. */
final class SlotPolicy {
    private SlotPolicy() {}

    /** What is in the way; each is a problem type of its own. */
    enum Obstacle {
        /** The hospital closed it or stopped the session. */
        CLOSED("slot-closed"),
        /** It has begun. */
        PAST("slot-past"),
        /** It will be released later. */
        NOT_RELEASED("slot-not-released"),
        /** Its units are drawn by lot. */
        DRAWN("slot-by-draw"),
        /** Nothing. */
        NONE("");

        private final String problem;

        Obstacle(String problem) {
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }

    static Obstacle obstacle(
            boolean open, String mode, OffsetDateTime start, OffsetDateTime releaseAt, OffsetDateTime now) {
        if (!open) {
            return Obstacle.CLOSED;
        }
        if (!start.isAfter(now)) {
            return Obstacle.PAST;
        }
        if (releaseAt.isAfter(now)) {
            return Obstacle.NOT_RELEASED;
        }
        return mode.equals("DRAW") ? Obstacle.DRAWN : Obstacle.NONE;
    }
}
