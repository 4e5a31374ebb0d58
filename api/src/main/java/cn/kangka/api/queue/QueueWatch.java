package cn.kangka.api.queue;

import cn.kangka.kit.database.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Shows queues to whoever watches them here, as they move: PostgreSQL's LISTEN on a connection of its own, so that it works
 * whichever replica moved them. A queue is read once for all its watchers, never twice at a time, and again at every
 * heartbeat, which finds what a broken connection missed.
 */
@ApplicationScoped
class QueueWatch {
    private static final String CHANNEL = "api_queue";
    private static final Logger LOG = Logger.getLogger(QueueWatch.class);
    private static final String SCHEME = "vertx-reactive:";
    private static final long RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final Database database;
    private final QueueStore store;
    private final QueueConfig config;
    private final PgConnectOptions options;
    private final Map<UUID, Watched> watched = new ConcurrentHashMap<>();
    private final Thread onExit = new Thread(this::endStreams, "queue-streams-end");
    private PgSubscriber subscriber;
    private long beats;

    QueueWatch(
            Vertx vertx,
            Database database,
            QueueStore store,
            QueueConfig config,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.vertx = vertx;
        this.database = database;
        this.store = store;
        this.config = config;
        this.options = PgConnectOptions.fromUri(url.substring(SCHEME.length()))
                .setUser(user)
                .setPassword(password);
    }

    /** Who watches one queue here, and whether it is being read. */
    private static final class Watched {
        private final Set<MultiEmitter<? super QueueSnapshot>> watchers = ConcurrentHashMap.newKeySet();
        private boolean reading;
        private boolean again;

        /** Whether the caller is to read; a reading that is under way is repeated instead. */
        synchronized boolean begin() {
            again = reading;
            boolean mine = !reading;
            reading = true;
            return mine;
        }

        /** Whether it has to be read once more. */
        synchronized boolean end() {
            boolean more = again;
            again = false;
            reading = more;
            return more;
        }
    }

    void start(@Observes StartupEvent event) {
        // Open streams count as requests in flight: ended first, the graceful shutdown need not wait for them.
        Runtime.getRuntime().addShutdownHook(onExit);
        subscriber = PgSubscriber.subscriber(vertx, options).reconnectPolicy(retries -> RECONNECT_MILLIS);
        subscriber.channel(CHANNEL).handler(session -> refresh(UUID.fromString(session)));
        subscriber.connect().onFailure(failure -> LOG.warnf("cannot listen for queues yet: %s", failure.toString()));
        beats = vertx.setPeriodic(
                config.heartbeat().toMillis(), tick -> watched.keySet().forEach(this::refresh));
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(beats);
        endStreams();
        subscriber.close().onFailure(failure -> LOG.debugf("subscriber: %s", failure.toString()));
    }

    private void endStreams() {
        watched.values().forEach(each -> each.watchers.forEach(MultiEmitter::complete));
    }

    /** The queue as it is, and whenever it may have moved. */
    Multi<QueueSnapshot> of(UUID session) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            watched.compute(session, (key, present) -> {
                                Watched queue = present == null ? new Watched() : present;
                                queue.watchers.add(emitter);
                                return queue;
                            });
                            emitter.onTermination(() -> forget(session, emitter));
                            refresh(session);
                        },
                        BackPressureStrategy.LATEST);
    }

    private void forget(UUID session, MultiEmitter<? super QueueSnapshot> emitter) {
        watched.computeIfPresent(session, (key, queue) -> {
            queue.watchers.remove(emitter);
            return queue.watchers.isEmpty() ? null : queue;
        });
    }

    private void refresh(UUID session) {
        Watched queue = watched.get(session);
        if (queue != null && queue.begin()) {
            read(session, queue);
        }
    }

    private void read(UUID session, Watched queue) {
        store.snapshot(database.pool(), session)
                .subscribe()
                .with(
                        snapshot -> {
                            if (snapshot != null) {
                                queue.watchers.forEach(watcher -> watcher.emit(snapshot));
                            }
                            next(session, queue);
                        },
                        failure -> {
                            LOG.warnf("queue %s is read again later: %s", session, failure.toString());
                            next(session, queue);
                        });
    }

    private void next(UUID session, Watched queue) {
        if (queue.end()) {
            read(session, queue);
        }
    }
}
