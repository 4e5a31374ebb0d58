package cn.kangka.api.session;

import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;

@ApplicationScoped
class SessionStore {
    private static final String PURPOSE = "session";

    private final Sealer sealer;

    SessionStore(Sealer sealer) {
        this.sealer = sealer;
    }

    /** A session as stored; {@code live} at the time it was asked for. */
    record Stored(
            UUID id, SessionKind kind, String subject, String channel, byte[] seed, int generation, boolean live) {}

    Uni<Void> insert(SqlConnection tx, Stored session, OffsetDateTime now, OffsetDateTime expiresAt) {
        return tx.preparedQuery("insert into session (id, kind, subject, channel, seed, generation, created_at,"
                        + " expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)")
                .execute(Tuple.tuple(Arrays.asList(
                        session.id(),
                        session.kind().name(),
                        session.subject(),
                        session.channel(),
                        Buffer.buffer(sealer.seal(PURPOSE, session.seed())),
                        session.generation(),
                        now,
                        expiresAt)))
                .replaceWithVoid();
    }

    /** The session, its row locked; null when there is none. */
    Uni<Stored> lock(SqlConnection tx, UUID id, OffsetDateTime now) {
        return tx.preparedQuery("select id, kind, subject, channel, seed, generation,"
                        + " revoked_at is null and expires_at > $2 as live from session where id = $1 for update")
                .execute(Tuple.of(id, now))
                .map(rows -> rows.iterator().hasNext() ? read(rows.iterator().next()) : null);
    }

    Uni<Void> advance(SqlConnection tx, UUID id, OffsetDateTime expiresAt) {
        return tx.preparedQuery("update session set generation = generation + 1, expires_at = $2 where id = $1")
                .execute(Tuple.of(id, expiresAt))
                .replaceWithVoid();
    }

    Uni<Void> revoke(SqlClient connection, UUID id, String reason, OffsetDateTime now) {
        return connection
                .preparedQuery(
                        "update session set revoked_at = $3, revoked_for = $2 where id = $1 and revoked_at is null")
                .execute(Tuple.of(id, reason, now))
                .replaceWithVoid();
    }

    /** Whether the session was ended before its time. */
    Uni<Boolean> ended(SqlClient connection, UUID id) {
        return connection
                .preparedQuery("select 1 from session where id = $1 and revoked_at is not null")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() > 0);
    }

    Uni<Integer> prune(SqlClient connection, OffsetDateTime before) {
        return connection
                .preparedQuery("delete from session where expires_at < $1")
                .execute(Tuple.of(before))
                .map(rows -> rows.rowCount());
    }

    private Stored read(Row row) {
        return new Stored(
                row.getUUID("id"),
                SessionKind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("channel"),
                sealer.openBytes(PURPOSE, row.getBuffer("seed").getBytes()),
                row.getInteger("generation"),
                row.getBoolean("live"));
    }
}
