package cn.kangka.api.rush;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells the other replicas what changed, each thing once in a few milliseconds, and hears it from them. */
final class ChangeBus {
    private static final Logger LOG = Logger.getLogger(ChangeBus.class);
    private static final String CHANNEL = "slot-changes";
    private static final Duration GATHER = Duration.ofMillis(10);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final String SEPARATOR = " ";

    private final ReactivePubSubCommands<String> redis;
    private final Consumer<String> heard;
    private final String self = UUID.randomUUID().toString();
    private final Set<String> toTell = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile Cancellable subscription = () -> {};

    ChangeBus(ReactiveRedisDataSource redis, Consumer<String> heard) {
        this.redis = redis.pubsub(String.class);
        this.heard = heard;
    }

    /** Listens until {@link #stop}, however often Redis goes away. */
    void start() {
        subscription = redis.subscribe(CHANNEL)
                .subscribe()
                .with(
                        this::hear,
                        failure -> {
                            LOG.debugf(
                                    "no word of other replicas: %s",
                                    failure.getClass().getSimpleName());
                            startAgain();
                        },
                        this::startAgain);
    }

    private void startAgain() {
        subscription = Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(AGAIN)
                .subscribe()
                .with(now -> start());
    }

    void stop() {
        subscription.cancel();
    }

    void tell(String what) {
        toTell.add(what);
        if (telling.compareAndSet(false, true)) {
            Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(GATHER)
                    .subscribe()
                    .with(now -> tellNow());
        }
    }

    private void tellNow() {
        telling.set(false);
        for (String what : Set.copyOf(toTell)) {
            toTell.remove(what);
            redis.publish(CHANNEL, self + SEPARATOR + what)
                    .subscribe()
                    .with(
                            done -> {},
                            failure -> LOG.debugf(
                                    "not told: %s", failure.getClass().getSimpleName()));
        }
    }

    private void hear(String message) {
        int end = message.indexOf(SEPARATOR);
        if (end > 0 && !message.startsWith(self)) {
            heard.accept(message.substring(end + 1));
        }
    }
}
