package cn.kangka.api.testing;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Phones that no other test uses. */
public final class Phones {
    private static final AtomicLong NEXT =
            new AtomicLong(13_000_000_000L + ThreadLocalRandom.current().nextLong(1_000_000_000L));

    private Phones() {}

    public static String next() {
        return Long.toString(NEXT.incrementAndGet());
    }
}
