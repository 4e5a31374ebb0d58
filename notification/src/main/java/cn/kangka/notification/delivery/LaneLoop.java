package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.OwnContext;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs rounds while there is work, at most some at the same time, each on a context of its own. */
final class LaneLoop {
    private static final Logger LOG = Logger.getLogger(LaneLoop.class);

    private final String name;
    private final int parallel;
    private final OwnContext contexts;
    private final Supplier<Uni<Integer>> round;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile boolean stopped;

    LaneLoop(String name, int parallel, OwnContext contexts, Supplier<Uni<Integer>> round) {
        this.name = name;
        this.parallel = parallel;
        this.contexts = contexts;
        this.round = round;
    }

    /** Looks now; while the most rounds are running, the next that ends looks again. */
    void wake() {
        again.set(true);
        if (stopped || running.incrementAndGet() > parallel) {
            if (!stopped) {
                running.decrementAndGet();
            }
            return;
        }
        again.set(false);
        contexts.run(round).subscribe().with(this::ended, failure -> {
            LOG.warnf("lane %s: %s", name, failure.toString());
            ended(0);
        });
    }

    void stop() {
        stopped = true;
    }

    private void ended(int worked) {
        running.decrementAndGet();
        if (worked > 0 || again.get()) {
            wake();
        }
    }
}
