package cn.kangka.notification.delivery;

import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;

/** Deletes old notices with their deliveries, in bites; what is still to be sent stays. */
@ApplicationScoped
class Forgetting {
    private static final String FORGET = """
            delete from notice where id in (
                select n.id from notice n where n.created_at < $1 and not exists (
                    select 1 from delivery d where d.notice = n.id and d.state in ('QUEUED', 'HELD', 'CLAIMED'))
                order by n.created_at limit 5000)
            """;

    private final Database database;
    private final DeliveryConfig config;
    private final Clock clock;

    Forgetting(Database database, DeliveryConfig config, Clock clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "10m", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return database.pool()
                .preparedQuery(FORGET)
                .execute(Tuple.of(OffsetDateTime.now(clock).minus(config.kept())))
                .replaceWithVoid();
    }
}
