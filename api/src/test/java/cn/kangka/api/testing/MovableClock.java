package cn.kangka.api.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The service's clock in tests: inject it, {@link #move} it, and {@link #reset} it in an {@code @AfterEach}. */
@ApplicationScoped
public class MovableClock {
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    public void move(Duration ahead) {
        offset.updateAndGet(before -> before.plus(ahead));
    }

    /** Sets the clock; it goes on from there. */
    public void set(Instant now) {
        offset.set(Duration.between(Instant.now(), now));
    }

    public void reset() {
        offset.set(Duration.ZERO);
    }

    public Instant now() {
        return Instant.now().plus(offset.get());
    }

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    Clock clock() {
        return new Moved(this, ZoneId.of("Asia/Shanghai"));
    }

    private static final class Moved extends Clock {
        private final MovableClock source;
        private final ZoneId zone;

        Moved(MovableClock source, ZoneId zone) {
            this.source = source;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Moved(source, other);
        }

        @Override
        public Instant instant() {
            return source.now();
        }
    }
}
