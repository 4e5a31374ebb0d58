package cn.kangka.empi.linking;

import cn.kangka.empi.linking.Difference.Verdict;
import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Rows of what the shadow model has still to score, and of what it would do otherwise. */
@ApplicationScoped
class ShadowStore {
    /** A difference and when it was found. */
    record Found(UUID id, Difference difference, OffsetDateTime at) {}

    /** The shadow has to score these, again if it has before. */
    Uni<Void> ask(SqlConnection tx, Collection<UUID> identities) {
        return tx.preparedQuery("insert into shadow_todo select * from unnest($1::uuid[]) on conflict do nothing")
                .execute(Tuple.of(identities.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Takes some that have to be scored. */
    Uni<List<UUID>> take(SqlConnection tx, int limit) {
        return tx.preparedQuery("delete from shadow_todo where identity in (select identity from shadow_todo"
                        + " order by identity limit $1 for update skip locked) returning identity")
                .execute(Tuple.of(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .toList());
    }

    /** What is different about an identity now. */
    Uni<Void> replace(SqlConnection tx, String model, UUID identity, List<Difference> differences) {
        return tx.preparedQuery("delete from shadow_difference where model = $1 and (one = $2 or other = $2)")
                .execute(Tuple.of(model, identity))
                .chain(() -> tx.preparedQuery("insert into shadow_difference (model, one, other, verdict, probability)"
                                + " select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::float8[])"
                                + " on conflict do nothing")
                        .execute(Tuple.of(
                                model,
                                differences.stream().map(Difference::one).toArray(UUID[]::new),
                                differences.stream().map(Difference::other).toArray(UUID[]::new),
                                differences.stream()
                                        .map(each -> each.verdict().name())
                                        .toArray(String[]::new),
                                differences.stream()
                                        .map(Difference::probability)
                                        .toArray(Double[]::new))))
                .replaceWithVoid();
    }

    /** How many wait to be scored. */
    Uni<Long> waiting(SqlClient client) {
        return client.query("select count(*) from shadow_todo")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** How many pairs of each kind. */
    Uni<Map<Verdict, Long>> counts(SqlClient client, String model) {
        return client.preparedQuery("select verdict, count(*) from shadow_difference where model = $1 group by verdict")
                .execute(Tuple.of(model))
                .map(rows -> {
                    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
                    rows.forEach(row -> counts.put(Verdict.valueOf(row.getString(0)), row.getLong(1)));
                    return counts;
                });
    }

    /** The pairs of one kind, the last found first. */
    Uni<List<Found>> page(SqlClient client, String model, Verdict verdict, int limit, Cursor after) {
        return client.preparedQuery("select one, other, verdict, probability, found_at, id from shadow_difference"
                        + " where model = $1 and verdict = $2"
                        + " and ($3::timestamptz is null or found_at <= $3 and (found_at < $3 or id > $4))"
                        + " order by found_at desc, id limit $5")
                .execute(Tuple.of(
                        model,
                        verdict.name(),
                        after == null ? null : after.at().atOffset(ZoneOffset.UTC),
                        after == null ? null : after.id(),
                        limit))
                .map(ShadowStore::read);
    }

    private static List<Found> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Found(
                        row.getUUID(5),
                        new Difference(
                                row.getUUID(0), row.getUUID(1), Verdict.valueOf(row.getString(2)), row.getDouble(3)),
                        row.getOffsetDateTime(4)))
                .toList();
    }
}
