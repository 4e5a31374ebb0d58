package cn.kangka.empi.hospital;

import cn.kangka.kit.database.Database;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Makes the months of the message log before they begin, and drops those whose time is over. */
@ApplicationScoped
class MessageMonths {
    private static final Logger LOG = Logger.getLogger(MessageMonths.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Database database;
    private final MessageLogConfig config;
    private final Clock clock;

    MessageMonths(Database database, MessageLogConfig config, Clock clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    /** Before anybody is listened to. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event, TrafficConfig traffic) {
        if (traffic.enabled()) {
            keep().await().atMost(PATIENCE);
        }
    }

    @Scheduled(every = "6h", delayed = "6h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> upkeep() {
        return keep();
    }

    Uni<Void> keep() {
        OffsetDateTime now = OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC);
        OffsetDateTime first = now.withDayOfMonth(1);
        return make(now)
                .chain(() -> make(first.plusMonths(1)))
                .chain(() -> drop(first.minusMonths(config.months())))
                .invoke(dropped -> dropped.forEach(month -> LOG.infof("%s was dropped: its time is over", month)))
                .replaceWithVoid();
    }

    private Uni<Void> make(OffsetDateTime month) {
        return database.write(tx -> tx.preparedQuery("select message_month($1)")
                .execute(Tuple.of(month))
                .replaceWithVoid());
    }

    private Uni<List<String>> drop(OffsetDateTime before) {
        return database.write(tx -> tx.preparedQuery("select drop_messages_before($1)")
                .execute(Tuple.of(before))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .toList()));
    }
}
