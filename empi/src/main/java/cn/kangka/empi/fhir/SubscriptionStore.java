package cn.kangka.empi.fhir;

import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Rows of subscriptions. */
@ApplicationScoped
class SubscriptionStore {
    private static final String PURPOSE = "subscription";
    private static final String COLUMNS = "id, source, status, content, error, version";

    private final Sealer sealer;

    SubscriptionStore(Sealer sealer) {
        this.sealer = sealer;
    }

    /**
     * A subscription.
     *
     * @param status active, off or error
     * @param content the resource as it was asked for
     * @param error why the last message was not taken; null when it was
     */
    record Kept(UUID id, String source, String status, String content, String error, long version) {}

    Uni<Void> insert(SqlClient client, Kept fresh) {
        return client.preparedQuery(
                        "insert into fhir_subscription (id, source, status, content) values ($1, $2, $3, $4)")
                .execute(Tuple.of(fresh.id(), fresh.source(), fresh.status(), sealed(fresh.content())))
                .replaceWithVoid();
    }

    /** Whether there was one of that source. */
    Uni<Boolean> update(SqlClient client, UUID id, Set<String> sources, String status, String content) {
        return client.preparedQuery("update fhir_subscription set status = $3, content = $4, error = null,"
                        + " changed_at = now(), version = version + 1"
                        + " where id = $1 and ($2::text[] = '{}' or source = any($2))")
                .execute(Tuple.of(id, sources.toArray(String[]::new), status, sealed(content)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whether there was one of that source. */
    Uni<Boolean> delete(SqlClient client, UUID id, Set<String> sources) {
        return client.preparedQuery(
                        "delete from fhir_subscription where id = $1 and ($2::text[] = '{}' or source = any($2))")
                .execute(Tuple.of(id, sources.toArray(String[]::new)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Notes whether the last message was taken. */
    Uni<Void> note(SqlClient client, UUID id, String error) {
        return client.preparedQuery("update fhir_subscription set error = $2,"
                        + " status = case when status = 'off' then 'off' when $2::text is null then 'active' else 'error' end"
                        + " where id = $1 and error is distinct from $2")
                .execute(Tuple.of(id, error))
                .replaceWithVoid();
    }

    /** Null when there is none. */
    Uni<Kept> find(SqlClient client, UUID id) {
        return client.preparedQuery("select " + COLUMNS + " from fhir_subscription where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0 ? null : kept(rows.iterator().next()));
    }

    /** Those of some sources, oldest first; of all when none is given. */
    Uni<List<Kept>> of(SqlClient client, Set<String> sources) {
        return client.preparedQuery("select " + COLUMNS + " from fhir_subscription"
                        + " where $1::text[] = '{}' or source = any($1) order by made_at, id limit 200")
                .execute(Tuple.of(sources.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(this::kept)
                        .toList());
    }

    /** Whom to tell: id and source of those that are not off. */
    Uni<List<Listener>> listeners(SqlClient client) {
        return client.query("select id, source from fhir_subscription where status <> 'off'")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Listener(row.getUUID(0), row.getString(1)))
                        .toList());
    }

    /** A subscription that is told. */
    record Listener(UUID id, String source) {}

    private Buffer sealed(String content) {
        return Buffer.buffer(sealer.seal(PURPOSE, content));
    }

    private Kept kept(Row row) {
        return new Kept(
                row.getUUID("id"),
                row.getString("source"),
                row.getString("status"),
                sealer.open(PURPOSE, row.getBuffer("content").getBytes()),
                row.getString("error"),
                row.getLong("version"));
    }
}
