package cn.kangka.notification.delivery;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.notification.channel.NoticeClass;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What operators and other services may look up of deliveries. */
@ApplicationScoped
class DeliveryLogStore {
    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");
    private static final String SELECT = """
            select d.id, d.notice, n.template, n.class, d.channel, d.state, d.attempts, d.reason, d.created_at,
                d.settled_at
            from delivery d join notice n on n.id = d.notice where %s
              and ($2::timestamptz is null or (d.created_at, d.id) < ($2, $3::uuid))
            order by d.created_at desc, d.id desc limit $4
            """;
    private static final String BY_STATE = SELECT.formatted("d.state = $1 and d.state in ('PARKED', 'FAILED')");
    private static final String BY_ACCOUNT = SELECT.formatted("d.account = $1");
    private static final String REPLAY = """
            update delivery set state = 'QUEUED', due_at = $2, attempts = 0, reason = 'replayed', settled_at = null
            where id = $1 and state in ('PARKED', 'FAILED') returning lane, channel, notice, account
            """;

    private final Database database;

    DeliveryLogStore(Database database) {
        this.database = database;
    }

    Uni<List<DeliveryView>> byState(DeliveryState state, Cursor before, int rows) {
        return page(BY_STATE, state.name(), before, rows);
    }

    Uni<List<DeliveryView>> byAccount(UUID account, Cursor before, int rows) {
        return page(BY_ACCOUNT, account, before, rows);
    }

    /** Queues a dead letter again; null when it is none. */
    Uni<Planned> replay(SqlConnection tx, UUID id, OffsetDateTime now) {
        return tx.preparedQuery(REPLAY).execute(Tuple.of(id, now)).map(rows -> {
            if (!rows.iterator().hasNext()) {
                return null;
            }
            Row row = rows.iterator().next();
            return new Planned(
                    row.getUUID("notice"),
                    row.getUUID("account"),
                    row.getString("channel"),
                    NoticeClass.valueOf(row.getString("lane")),
                    now.toInstant());
        });
    }

    /** Whether there is such a delivery. */
    Uni<Boolean> exists(SqlConnection tx, UUID id) {
        return tx.preparedQuery("select 1 from delivery where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() > 0);
    }

    private Uni<List<DeliveryView>> page(String query, Object of, Cursor before, int rows) {
        return database.pool()
                .preparedQuery(query)
                .execute(Tuple.of(
                        of,
                        before == null ? null : before.at().atOffset(ZoneOffset.UTC),
                        before == null ? null : before.id(),
                        rows))
                .map(DeliveryLogStore::read);
    }

    private static List<DeliveryView> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new DeliveryView(
                        row.getUUID("id"),
                        row.getUUID("notice"),
                        row.getString("template"),
                        NoticeClass.valueOf(row.getString("class")),
                        row.getString("channel"),
                        DeliveryState.valueOf(row.getString("state")),
                        row.getInteger("attempts"),
                        row.getString("reason"),
                        here(row.getOffsetDateTime("created_at")),
                        here(row.getOffsetDateTime("settled_at"))))
                .toList();
    }

    private static OffsetDateTime here(OffsetDateTime time) {
        return time == null ? null : time.atZoneSameInstant(HERE).toOffsetDateTime();
    }
}
