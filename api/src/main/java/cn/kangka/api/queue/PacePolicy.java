package cn.kangka.api.queue;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long people wait, by the time between turns: the median of the last ones, so that one long consultation or a break
 * does not frighten everybody. It includes who comes without a booking, and that several rooms call.
 *
 * @param usual a turn's length while fewer than {@link #ENOUGH} were seen
 * @param measured how many turns count
 */
record PacePolicy(Duration usual, int measured) {
    static final int ENOUGH = 3;
    private static final Duration LONGEST = Duration.ofMinutes(30);
    /** A clinic that has called nobody for so long does not tell us its turns. */
    private static final Duration SILENT = Duration.ofMinutes(30);

    /** The time per turn; {@code turns} are when they began, the newest first. */
    Duration turn(List<OffsetDateTime> turns) {
        List<Duration> lengths = IntStream.range(0, Math.min(turns.size() - 1, measured))
                .mapToObj(i -> Duration.between(turns.get(i + 1), turns.get(i)))
                .sorted()
                .toList();
        if (lengths.size() < ENOUGH) {
            return usual;
        }
        Duration median = lengths.get(lengths.size() / 2);
        return median.compareTo(LONGEST) > 0 ? LONGEST : median;
    }

    /** In how long somebody with so many ahead is called; null when nothing tells. */
    Duration wait(int ahead, OffsetDateTime begins, List<OffsetDateTime> turns, OffsetDateTime now) {
        Duration turn = turn(turns);
        if (turns.isEmpty()) {
            return now.isAfter(begins.plus(SILENT))
                    ? null
                    : atLeastZero(Duration.between(now, begins)).plus(turn.multipliedBy(ahead));
        }
        Duration left = atLeastZero(turn.minus(Duration.between(turns.get(0), now)));
        return left.plus(turn.multipliedBy(ahead));
    }

    private static Duration atLeastZero(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}
