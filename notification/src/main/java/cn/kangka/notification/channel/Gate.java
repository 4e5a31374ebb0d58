package cn.kangka.notification.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What may pass to one provider now: a token bucket, the provider's own Retry-After, and a circuit breaker. Rows that
 * may not pass are not claimed at all, so waiting costs no attempt.
 *
 * <p>Lower lanes may not empty the bucket: what they leave is the urgent lane's. Thread-safe.
 */
public final class Gate {
    private static final double[] KEPT_FREE = {0, 0.1, 0.3, 0.5};
    private static final double NANOS = 1e9;

    private final Clock clock;
    private final double perSecond;
    private final int burst;
    private final int breakerFailures;
    private final Duration breakerPause;

    private double tokens;
    private Instant filledAt;
    private Instant closedUntil;
    private int failuresInARow;
    private boolean trying;

    public Gate(Clock clock, GateConfig config) {
        this(clock, config.perSecond(), config.burst(), config.breakerFailures(), config.breakerPause());
    }

    Gate(Clock clock, double perSecond, int burst, int breakerFailures, Duration breakerPause) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.burst = burst;
        this.breakerFailures = breakerFailures;
        this.breakerPause = breakerPause;
        this.tokens = burst;
        this.filledAt = clock.instant();
        this.closedUntil = Instant.MIN;
    }

    /** A gate that is always open, for what is no remote provider. */
    public static Gate open(Clock clock) {
        return new Gate(clock, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);
    }

    /** Takes at most {@code wanted} permits for a lane; 0 when nothing may pass now. */
    public synchronized int take(NoticeClass lane, int wanted) {
        Instant now = clock.instant();
        if (now.isBefore(closedUntil) || trying) {
            return 0;
        }
        fill(now);
        int free = (int) Math.floor(tokens - burst * KEPT_FREE[lane.ordinal()]);
        if (failuresInARow >= breakerFailures) {
            trying = true;
            tokens = Math.max(0, tokens - 1);
            return 1;
        }
        int taken = Math.max(0, Math.min(wanted, free));
        tokens -= taken;
        return taken;
    }

    /** Gives back permits for which there was no message. */
    public synchronized void giveBack(int unused) {
        tokens = Math.min(burst, tokens + unused);
        if (unused > 0) {
            trying = false;
        }
    }

    /** The provider took a message, or refused it for the message's own fault: it is alive. */
    public synchronized void succeeded() {
        failuresInARow = 0;
        trying = false;
    }

    /** The provider did not answer, or answered that it cannot. */
    public synchronized void failed() {
        failuresInARow++;
        trying = false;
        if (failuresInARow >= breakerFailures) {
            closeFor(breakerPause);
        }
    }

    /** The provider asked for a pause (Retry-After). */
    public synchronized void pause(Duration wish) {
        trying = false;
        closeFor(wish);
    }

    /** Whether anything may pass now. */
    public synchronized boolean isOpen() {
        return !clock.instant().isBefore(closedUntil);
    }

    private void closeFor(Duration time) {
        Instant until = clock.instant().plus(time);
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
    }

    private void fill(Instant now) {
        double seconds = Duration.between(filledAt, now).toNanos() / NANOS;
        tokens = Math.min(burst, tokens + Math.max(0, seconds) * perSecond);
        filledAt = now;
    }
}
