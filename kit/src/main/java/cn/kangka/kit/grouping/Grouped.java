package cn.kangka.kit.grouping;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Turns many small questions into few large ones: alone, a question is asked at once; what arrives with it, or while one is
 * under way, is asked together. A statement and a commit then serve hundreds of requests under load, and nobody waits for
 * a timer without it.
 *
 * @param <I> a question
 * @param <O> its answer
 */
public final class Grouped<I, O> {
    /** How many may wait; more are refused. */
    private static final int WAITING = 10_000;
    /** How many are asked together. */
    private static final int MOST = 500;

    private record Waiting<I, O>(I question, UniEmitter<? super O> emitter, Context context) {
        void answer(O answer) {
            on(() -> emitter.complete(answer));
        }

        void fail(Throwable failure) {
            on(() -> emitter.fail(failure));
        }

        /** Whoever asked goes on where they were, not in the request that happened to ask for all. */
        private void on(Runnable rest) {
            if (context == null) {
                rest.run();
            } else {
                context.runOnContext(ignored -> rest.run());
            }
        }
    }

    private final String name;
    private final int atOnce;
    private final Function<List<I>, Uni<List<O>>> ask;
    private final BlockingQueue<Waiting<I, O>> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicBoolean soon = new AtomicBoolean();

    /**
     * @param name what is grouped, for the failure when too many wait
     * @param atOnce how many statements may be under way, each on a connection of its own
     * @param ask answers all questions, in their order
     */
    public Grouped(String name, int atOnce, Function<List<I>, Uni<List<O>>> ask) {
        this.name = name;
        this.atOnce = atOnce;
        this.ask = ask;
    }

    /** The answer; fails as the statement that served it did, or at once when 10,000 wait already. */
    public Uni<O> ask(I question) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = Vertx.currentContext();
            if (queue.offer(new Waiting<>(question, emitter, context))) {
                drainSoon(context);
            } else {
                emitter.fail(new IllegalStateException("too many wait for " + name));
            }
        });
    }

    /** After everything that this event loop has read already: under load there are others among it. */
    private void drainSoon(Context context) {
        if (context == null) {
            drain();
        } else if (soon.compareAndSet(false, true)) {
            context.runOnContext(ignored -> {
                soon.set(false);
                drain();
            });
        }
    }

    private void drain() {
        while (!queue.isEmpty()) {
            if (asking.incrementAndGet() > atOnce) {
                asking.decrementAndGet(); // One that ends looks again.
                return;
            }
            List<Waiting<I, O>> group = new ArrayList<>();
            queue.drainTo(group, MOST);
            if (group.isEmpty()) {
                asking.decrementAndGet();
            } else {
                askTogether(group);
            }
        }
    }

    private void askTogether(List<Waiting<I, O>> group) {
        Uni.createFrom()
                .deferred(() -> ask.apply(group.stream().map(Waiting::question).toList()))
                .subscribe()
                .with(answers -> answered(group, answers), failure -> failed(group, failure));
    }

    private void answered(List<Waiting<I, O>> group, List<O> answers) {
        asking.decrementAndGet();
        drain();
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer(answers.get(i));
        }
    }

    private void failed(List<Waiting<I, O>> group, Throwable failure) {
        asking.decrementAndGet();
        drain();
        group.forEach(waiting -> waiting.fail(failure));
    }
}
