package cn.kangka.api.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Waits for what happens by itself. */
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final long PAUSE_MILLIS = 50;

    private Eventually() {}

    /** The first value that is not null; fails after 15 s. */
    public static <T> T get(String what, Supplier<T> look) {
        Instant end = Instant.now().plus(LONGEST);
        while (Instant.now().isBefore(end)) {
            T value = look.get();
            if (value != null) {
                return value;
            }
            pause();
        }
        throw new AssertionError("never: " + what);
    }

    /** Waits until it is so. */
    public static void isTrue(String what, Supplier<Boolean> look) {
        get(what, () -> Boolean.TRUE.equals(look.get()) ? Boolean.TRUE : null);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
