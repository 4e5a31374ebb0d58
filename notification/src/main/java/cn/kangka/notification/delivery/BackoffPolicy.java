package cn.kangka.notification.delivery;

import java.time.Duration;

/**
 * How long to wait after a failed attempt.
 *
 * @param first after the first failure; doubled after each further one
 * @param longest never more than this
 */
record BackoffPolicy(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    /**
     * @param attempt 1 for the first
     * @param wish the provider's own Retry-After; null when it has none
     * @param jitter between 0 and 1: up to a quarter is added, so that a crowd does not come back at once
     */
    Duration after(int attempt, Duration wish, double jitter) {
        if (wish != null) {
            return wish.plus(spread(first, jitter));
        }
        Duration doubled = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, attempt - 1)));
        Duration wait = doubled.compareTo(longest) > 0 ? longest : doubled;
        return wait.plus(spread(wait, jitter));
    }

    private static Duration spread(Duration wait, double jitter) {
        return Duration.ofMillis((long) (wait.toMillis() * jitter / 4));
    }
}
