package cn.kangka.empi.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens soon. */
public final class Until {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Until() {}

    /** The first value that is good; fails after 15 s. */
    public static <T> T good(Supplier<T> value, Predicate<T> good) {
        Instant end = Instant.now().plus(PATIENCE);
        T last = value.get();
        while (!good.test(last)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not in " + PATIENCE.toSeconds() + " s: " + last);
            }
            pause();
            last = value.get();
        }
        return last;
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
