package cn.kangka.sandbox.box;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

final class Waiting {
    private Waiting() {}

    /** Returns as soon as it is so; fails when it is not within the time. */
    static void until(String what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(atMost);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            Thread.sleep(20);
        }
    }
}
