package cn.kangka.kit.database;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Work that is done to its end, and what follows from it too, although whoever asked for it has hung up. */
public final class Uncancelled {
    private static final Logger LOG = Logger.getLogger(Uncancelled.class);

    private Uncancelled() {}

    /** The same, begun by whoever subscribes and ended by itself only. A failure that nobody waits for any more is logged. */
    public static <T> Uni<T> of(Uni<T> work) {
        return Uni.createFrom().emitter(asking -> {
            AtomicBoolean gone = new AtomicBoolean();
            asking.onTermination(() -> gone.set(true));
            work.subscribe().with(asking::complete, failure -> {
                if (!gone.get()) {
                    asking.fail(failure);
                } else if (!(failure instanceof HttpProblem)) {
                    // Without its message, which may tell of whom it was.
                    LOG.warnf(
                            "nobody waits for it, and it failed: %s",
                            failure.getClass().getName());
                }
            });
        });
    }
}
