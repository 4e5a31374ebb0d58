package cn.kangka.api.queue;

import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Counts the streams that are open here, per account and together: both are bounded. */
@ApplicationScoped
class QueueStreams {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final QueueConfig config;
    private final Clock clock;
    private final Map<String, Integer> open = new HashMap<>();
    private int all;

    QueueStreams(QueueConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Completes when the account may open one more; fails with 429 {@code too-many-streams}. */
    Uni<Void> room(String account) {
        return full(account)
                ? Uni.createFrom().failure(tooMany())
                : Uni.createFrom().voidItem();
    }

    private HttpProblem tooMany() {
        return Problems.tooMany("too-many-streams", TRY_AGAIN, clock);
    }

    /** The stream, counted while it is open; fails with 429 {@code too-many-streams} when there are too many. */
    <T> Multi<T> counted(String account, Supplier<Multi<T>> stream) {
        return Multi.createFrom().deferred(() -> {
            if (!take(account)) {
                return Multi.createFrom().failure(tooMany());
            }
            return stream.get().onTermination().invoke(() -> giveBack(account));
        });
    }

    private synchronized boolean full(String account) {
        return open.getOrDefault(account, 0) >= config.streamsPerAccount() || all >= config.streams();
    }

    private synchronized boolean take(String account) {
        if (full(account)) {
            return false;
        }
        open.merge(account, 1, Integer::sum);
        all++;
        return true;
    }

    private synchronized void giveBack(String account) {
        open.computeIfPresent(account, (key, own) -> own == 1 ? null : own - 1);
        all--;
    }
}
