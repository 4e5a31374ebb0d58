package cn.kangka.api.callcentre;

import cn.kangka.kit.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Rows of {@code call}. */
@ApplicationScoped
class CallStore {
    /** An open call; the level as it stands. */
    record Open(UUID id, UUID person, int level, OffsetDateTime expiresAt) {}

    private static final String COLUMNS = "id, person, level, expires_at";

    Uni<Void> endOpen(SqlClient tx, String agent, OffsetDateTime now) {
        return tx.preparedQuery("update call set ended_at = $2 where agent = $1 and ended_at is null")
                .execute(Tuple.of(agent, now))
                .replaceWithVoid();
    }

    Uni<Open> open(SqlClient tx, String agent, UUID person, OffsetDateTime now, OffsetDateTime expires) {
        return tx.preparedQuery("insert into call (id, agent, person, opened_at, expires_at)"
                        + " values ($1, $2, $3, $4, $5) returning " + COLUMNS)
                .execute(Tuple.of(Ids.next(), agent, person, now, expires))
                .map(CallStore::first);
    }

    /** The agent's own open call; null when there is none of that id. */
    Uni<Open> find(SqlClient client, UUID id, String agent, OffsetDateTime now) {
        return client.preparedQuery("select " + COLUMNS
                        + " from call where id = $1 and agent = $2 and ended_at is null and expires_at > $3")
                .execute(Tuple.of(id, agent, now))
                .map(CallStore::first);
    }

    /** Notes a check: a passed one lifts the level to 1, a failed one stays on record. */
    Uni<Open> checked(SqlClient client, UUID id, boolean passed) {
        return client.preparedQuery("update call set level = case when $2 then greatest(level, 1) else level end,"
                        + " failures = failures + case when $2 then 0 else 1 end where id = $1 returning " + COLUMNS)
                .execute(Tuple.of(id, passed))
                .map(CallStore::first);
    }

    Uni<Boolean> verified(SqlClient client, String agent, UUID person, OffsetDateTime now) {
        return client.preparedQuery("select exists (select 1 from call where agent = $1 and person = $2 and level >= 1"
                        + " and ended_at is null and expires_at > $3)")
                .execute(Tuple.of(agent, person, now))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static Open first(RowSet<Row> rows) {
        if (!rows.iterator().hasNext()) {
            return null;
        }
        Row row = rows.iterator().next();
        return new Open(
                row.getUUID("id"), row.getUUID("person"), row.getInteger("level"), row.getOffsetDateTime("expires_at"));
    }
}
