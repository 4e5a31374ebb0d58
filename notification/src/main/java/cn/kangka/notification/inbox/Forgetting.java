package cn.kangka.notification.inbox;

import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;

/** Deletes old entries, in bites. */
@ApplicationScoped
class Forgetting {
    private static final String FORGET =
            "delete from inbox_item where id in (select id from inbox_item where at < $1 order by at limit 5000)";

    private final Database database;
    private final InboxConfig config;
    private final Clock clock;

    Forgetting(Database database, InboxConfig config, Clock clock) {
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
