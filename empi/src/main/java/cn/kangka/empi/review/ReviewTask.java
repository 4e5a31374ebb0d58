package cn.kangka.empi.review;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A doubtful pair and what became of it.
 *
 * @param one identity with the smaller id
 * @param other identity with the greater id
 * @param probability when it was last scored, 0–1
 * @param veto what forbade the join; null when the pair was only not likely enough
 * @param model the version that scored it
 * @param seconds how long the human looked at it; null until decided
 * @param event what the decision did to persons; null when it did nothing to them
 */
record ReviewTask(
        UUID id,
        UUID one,
        UUID other,
        double probability,
        String veto,
        String model,
        State state,
        OffsetDateTime createdAt,
        OffsetDateTime decidedAt,
        String decidedBy,
        String reason,
        Integer seconds,
        UUID event) {
    /** SETTLED: other facts decided before a human did. */
    enum State {
        OPEN,
        LATER,
        SAME,
        DIFFERENT,
        SETTLED;

        boolean waits() {
            return this == OPEN || this == LATER;
        }
    }

    /** The task as a human decided it. */
    ReviewTask decided(State now, ReviewRequests.Decision decision, UUID what) {
        return new ReviewTask(
                id,
                one,
                other,
                probability,
                veto,
                model,
                now,
                createdAt,
                null,
                decision.by(),
                decision.reason(),
                decision.seconds(),
                what);
    }

    ReviewTask reopened() {
        return new ReviewTask(
                id, one, other, probability, veto, model, State.OPEN, createdAt, null, null, null, null, null);
    }
}
