package cn.kangka.api.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * How often a phone may get a code.
 *
 * @param interval one code in this time
 * @param perHour at most so many in an hour
 */
record LoginCodePolicy(Duration interval, int perHour) {
    static final Duration WINDOW = Duration.ofHours(1);

    /** How long the phone has to wait for its next code; zero when it may have one now. */
    Duration wait(List<Instant> sent, Instant now) {
        List<Instant> newestFirst = sent.stream()
                .filter(at -> at.isAfter(now.minus(WINDOW)))
                .sorted(Comparator.reverseOrder())
                .toList();
        if (newestFirst.isEmpty()) {
            return Duration.ZERO;
        }
        Instant free = newestFirst.get(0).plus(interval);
        if (newestFirst.size() >= perHour) {
            Instant hourly = newestFirst.get(perHour - 1).plus(WINDOW);
            free = hourly.isAfter(free) ? hourly : free;
        }
        return free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
    }
}
