package cn.kangka.notification.endpoint;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class EndpointStore {
    private static final String PUT = """
            insert into endpoint (id, account, kind, token, token_hash, created_at, seen_at)
            values ($1, $2, $3, $4, $5, $6, $6)
            on conflict (kind, token_hash) do update set account = excluded.account, seen_at = excluded.seen_at,
                disabled_at = null, disabled_reason = null
            returning id, kind, created_at, seen_at, disabled_at
            """;
    private static final String TRIM = """
            delete from endpoint where account = $1 and id not in (
                select id from endpoint where account = $1 order by seen_at desc, id desc limit $2)
            """;

    Uni<Device> put(
            SqlConnection tx, UUID id, UUID account, String kind, byte[] token, byte[] hash, OffsetDateTime now) {
        return tx.preparedQuery(PUT)
                .execute(Tuple.of(id, account, kind, Buffer.buffer(token), Buffer.buffer(hash), now))
                .map(rows -> EndpointService.read(rows.iterator().next()));
    }

    Uni<Void> trim(SqlConnection tx, UUID account, int devices) {
        return tx.preparedQuery(TRIM).execute(Tuple.of(account, devices)).replaceWithVoid();
    }

    Uni<List<Device>> of(SqlConnection connection, UUID account, int atMost) {
        return connection
                .preparedQuery("select id, kind, created_at, seen_at, disabled_at from endpoint where account = $1"
                        + " order by seen_at desc, id desc limit $2")
                .execute(Tuple.of(account, atMost))
                .map(rows -> java.util.stream.StreamSupport.stream(rows.spliterator(), false)
                        .map(EndpointService::read)
                        .toList());
    }

    Uni<Integer> remove(SqlConnection tx, UUID account, String kind, UUID id) {
        return tx.preparedQuery(
                        "delete from endpoint where account = $1 and kind = $2 and ($3::uuid is null or id = $3)")
                .execute(Tuple.of(account, kind, id))
                .map(rows -> rows.rowCount());
    }
}
