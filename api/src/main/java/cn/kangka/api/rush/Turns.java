package cn.kangka.api.rush;

import cn.kangka.kit.database.Uncancelled;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Lets a bounded number of bookings to the database at a time, in the order in which they came; the others wait here, where
 * waiting costs nothing and takes no connection away from those who read.
 */
@ApplicationScoped
public class Turns {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration LULL = Duration.ofSeconds(1);

    private record Waiting(UniEmitter<? super Boolean> emitter, Context context, AtomicBoolean gone) {
        void go(Runnable next) {
            if (context == null) {
                next.run();
            } else {
                context.runOnContext(ignored -> next.run());
            }
        }
    }

    private final int atOnce;
    private final int mostWaiting;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final Clock clock;
    private int inside;
    private volatile long lastWait;

    Turns(RushConfig config, Clock clock) {
        this.clock = clock;
        this.atOnce = config.bookingsAtOnce();
        this.mostWaiting = config.bookingsWaiting();
    }

    /**
     * Does the work when its turn comes; fails with 429 when too many wait.
     *
     * @param work told whether it had to wait, for what it knew before may be old then
     */
    public <T> Uni<T> inTurn(Work<T> work) {
        return turn().chain(waited -> done(() -> work.begin(waited)));
    }

    /** Work that is begun in its turn. */
    @FunctionalInterface
    public interface Work<T> {
        Uni<T> begin(boolean waited);
    }

    /** Whoever hangs up meanwhile keeps the turn until the work, which goes on, is done. */
    private <T> Uni<T> done(Supplier<Uni<T>> work) {
        return Uncancelled.of(
                Uni.createFrom().deferred(work::get).onTermination().invoke(this::leave));
    }

    /** Whether the caller had to wait for it. */
    private Uni<Boolean> turn() {
        return Uni.createFrom().emitter(emitter -> {
            Waiting self = new Waiting(emitter, Vertx.currentContext(), new AtomicBoolean());
            switch (come(self)) {
                case IN -> emitter.complete(false);
                case WAITS -> emitter.onTermination(() -> self.gone().set(true));
                case TOO_MANY -> emitter.fail(Problems.tooMany("too-many-requests", RETRY_AFTER, clock));
            }
        });
    }

    private enum Coming {
        IN,
        WAITS,
        TOO_MANY
    }

    private synchronized Coming come(Waiting self) {
        if (inside < atOnce) {
            inside++;
            return Coming.IN;
        }
        lastWait = clock.millis();
        return waiting.size() < mostWaiting && waiting.add(self) ? Coming.WAITS : Coming.TOO_MANY;
    }

    /**
     * Whether somebody waits, or did a moment ago: what nobody stands at the counter for may then rest. A clock that was set
     * back is no crowd.
     */
    public boolean crowded() {
        return Math.abs(clock.millis() - lastWait) < LULL.toMillis(); // Somebody may come between the two.
    }

    /** Gives the turn to the next; to the one after when that one went away meanwhile. */
    private void leave() {
        Waiting next = next();
        if (next != null) {
            next.go(() -> {
                if (next.gone().get()) {
                    leave();
                } else {
                    next.emitter().complete(true);
                }
            });
        }
    }

    private synchronized Waiting next() {
        Waiting next = waiting.poll();
        if (next == null) {
            inside--;
        }
        return next;
    }
}
