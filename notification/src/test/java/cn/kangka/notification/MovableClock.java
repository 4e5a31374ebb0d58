package cn.kangka.notification;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The region's clock for tests: it runs, and can be set to a time of day. Only forward, because deliveries that are due
 * once would be due again.
 */
final class MovableClock extends Clock {
    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");
    private static final MovableClock INSTANCE = new MovableClock();
    private volatile Duration ahead = Duration.ZERO;

    private MovableClock() {}

    /** Replaces the real one. */
    static final class Producer {
        @Produces
        @Singleton
        @Alternative
        @Priority(1)
        Clock clock() {
            return INSTANCE;
        }
    }

    /** Moves ahead to the next time that the region's clocks show this. */
    static void moveTo(LocalTime time) {
        Instant now = INSTANCE.instant();
        LocalDate today = now.atZone(HERE).toLocalDate();
        Instant then = today.atTime(time).atZone(HERE).toInstant();
        if (!then.isAfter(now)) {
            then = today.plusDays(1).atTime(time).atZone(HERE).toInstant();
        }
        moveBy(Duration.between(now, then));
    }

    static void moveBy(Duration time) {
        INSTANCE.ahead = INSTANCE.ahead.plus(time);
    }

    static Instant now() {
        return INSTANCE.instant();
    }

    @Override
    public ZoneId getZone() {
        return HERE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
