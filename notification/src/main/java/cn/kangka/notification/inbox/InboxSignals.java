package cn.kangka.notification.inbox;

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
 * Tells the streams of this replica that an account has something new: PostgreSQL's LISTEN on a connection of its own,
 * so that it works whichever replica committed. It reconnects by itself; what it misses meanwhile, heartbeats find.
 */
@ApplicationScoped
class InboxSignals {
    static final String CHANNEL = "notification_inbox";
    private static final Logger LOG = Logger.getLogger(InboxSignals.class);
    private static final String SCHEME = "vertx-reactive:";
    private static final long RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final Map<UUID, Set<MultiEmitter<? super Boolean>>> waiting = new ConcurrentHashMap<>();
    private final Thread onExit = new Thread(this::endStreams, "inbox-streams-end");
    private PgSubscriber subscriber;

    InboxSignals(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.vertx = vertx;
        this.options = PgConnectOptions.fromUri(url.substring(SCHEME.length()))
                .setUser(user)
                .setPassword(password);
    }

    void start(@Observes StartupEvent event) {
        // Open streams count as requests in flight: ended first, the graceful shutdown need not wait for them.
        Runtime.getRuntime().addShutdownHook(onExit);
        subscriber = PgSubscriber.subscriber(vertx, options).reconnectPolicy(retries -> RECONNECT_MILLIS);
        subscriber.channel(CHANNEL).handler(this::signalled);
        subscriber
                .connect()
                .onFailure(failure -> LOG.warnf("cannot listen for inbox signals yet: %s", failure.toString()));
    }

    void stop(@Observes ShutdownEvent event) {
        endStreams();
        subscriber.close().onFailure(failure -> LOG.debugf("subscriber: %s", failure.toString()));
    }

    private void endStreams() {
        waiting.values().forEach(emitters -> emitters.forEach(MultiEmitter::complete));
    }

    /** How many streams wait for the account here. */
    int streams(UUID account) {
        return waiting.getOrDefault(account, Set.of()).size();
    }

    /** An item whenever the account may have something new. */
    Multi<Boolean> of(UUID account) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            waiting.computeIfAbsent(account, key -> ConcurrentHashMap.newKeySet())
                                    .add(emitter);
                            emitter.onTermination(() -> forget(account, emitter));
                        },
                        BackPressureStrategy.LATEST);
    }

    private void forget(UUID account, MultiEmitter<? super Boolean> emitter) {
        waiting.computeIfPresent(account, (key, emitters) -> {
            emitters.remove(emitter);
            return emitters.isEmpty() ? null : emitters;
        });
    }

    private void signalled(String payload) {
        for (String account : payload.split(",")) {
            waiting.getOrDefault(UUID.fromString(account), Set.of()).forEach(emitter -> emitter.emit(true));
        }
    }
}
