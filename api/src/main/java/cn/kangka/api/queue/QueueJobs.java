package cn.kangka.api.queue;

import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;

/** What time does to queues by itself; several replicas may run it at once. */
@ApplicationScoped
class QueueJobs {
    private final TurnNews turns;
    private final PlaceCodes places;
    private final QueueStore store;
    private final Database database;
    private final QueueConfig config;
    private final Clock clock;

    QueueJobs(TurnNews turns, PlaceCodes places, QueueStore store, Database database, QueueConfig config, Clock clock) {
        this.turns = turns;
        this.places = places;
        this.store = store;
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "{kangka.queue.news-every:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tellTurns() {
        return turns.tell().replaceWithVoid();
    }

    @Scheduled(every = "{kangka.queue.close-every:10m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> closeAndForget() {
        return close().chain(places::forget).replaceWithVoid();
    }

    /** Closes queues of sessions that are long over; how many places. */
    Uni<Integer> close() {
        return store.close(database.pool(), OffsetDateTime.now(clock).minus(config.closesAfter()));
    }
}
