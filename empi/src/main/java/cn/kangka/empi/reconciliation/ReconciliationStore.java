package cn.kangka.empi.reconciliation;

import cn.kangka.empi.hospital.HospitalCopy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Rows of reconciliations. */
@ApplicationScoped
class ReconciliationStore {
    private static final String REPORT =
            "select r.id, r.source, r.asked_by, r.started_at, r.finished_at, r.asked, r.agreed,"
                    + " (select json_object_agg(kind, number) from (select kind, count(*) as number from reconciliation_difference"
                    + " where run = r.id group by kind) as kinds) as others from reconciliation r ";

    /** An open run that a worker has taken. */
    record Open(UUID id, String source, UUID reached) {}

    /** False when one of that source is open already. */
    Uni<Boolean> begin(SqlConnection tx, UUID id, String source, String by, OffsetDateTime now) {
        return tx.preparedQuery("insert into reconciliation (id, source, asked_by, started_at) values ($1, $2, $3, $4)"
                        + " on conflict (source) where finished_at is null do nothing")
                .execute(Tuple.of(id, source, by, now))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Takes the oldest open run that nobody has; null when there is none. */
    Uni<Open> take(SqlConnection tx, OffsetDateTime now, Duration lease) {
        return tx.preparedQuery("update reconciliation set lease_until = $2 where id = (select id from reconciliation"
                        + " where finished_at is null and (lease_until is null or lease_until < $1)"
                        + " order by id limit 1 for update skip locked) returning id, source, reached")
                .execute(Tuple.of(now, now.plus(lease)))
                .map(rows -> rows.size() == 0
                        ? null
                        : new Open(
                                rows.iterator().next().getUUID(0),
                                rows.iterator().next().getString(1),
                                rows.iterator().next().getUUID(2)));
    }

    /** Notes what a batch found, and lets the run go until then; null for at once. */
    Uni<Void> proceed(
            SqlConnection tx,
            Open run,
            UUID reached,
            long asked,
            long agreed,
            List<Difference> found,
            OffsetDateTime until) {
        return tx.preparedQuery("update reconciliation set reached = coalesce($2, reached), asked = asked + $3,"
                        + " agreed = agreed + $4, lease_until = $5 where id = $1")
                .execute(Tuple.tuple(Arrays.asList(run.id(), reached, asked, agreed, until)))
                .chain(() -> found.isEmpty() ? Uni.createFrom().voidItem() : insert(tx, run.id(), found));
    }

    private static Uni<Void> insert(SqlConnection tx, UUID run, List<Difference> found) {
        return tx.preparedQuery("insert into reconciliation_difference (run, identity, person, kind, fields, told)"
                        + " select $1, d.identity, d.person, d.kind, string_to_array(d.fields, ','), d.told"
                        + " from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[])"
                        + " as d(identity, person, kind, fields, told) on conflict do nothing")
                .execute(Tuple.of(
                        run,
                        found.stream().map(Difference::identity).toArray(UUID[]::new),
                        found.stream().map(Difference::person).toArray(UUID[]::new),
                        found.stream().map(each -> each.kind().name()).toArray(String[]::new),
                        found.stream()
                                .map(each -> String.join(",", each.fields()))
                                .toArray(String[]::new),
                        found.stream().map(Difference::told).toArray(Boolean[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> finish(SqlConnection tx, UUID run, OffsetDateTime now) {
        return tx.preparedQuery("update reconciliation set finished_at = $2, lease_until = null where id = $1")
                .execute(Tuple.of(run, now))
                .replaceWithVoid();
    }

    /** The latest runs of a source, or of all when it is null, newest first. */
    Uni<List<Report>> reports(SqlClient client, String source, int limit) {
        return client.preparedQuery(REPORT + "where $1::text is null or r.source = $1 order by r.id desc limit $2")
                .execute(Tuple.of(source, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ReconciliationStore::report)
                        .toList());
    }

    /** Null when there is none. */
    Uni<Report> report(SqlClient client, UUID run) {
        return client.preparedQuery(REPORT + "where r.id = $1")
                .execute(Tuple.of(run))
                .map(rows -> rows.size() == 0 ? null : report(rows.iterator().next()));
    }

    /** After one identity; one more than asked when there are more. */
    Uni<List<Difference>> differences(SqlClient client, UUID run, UUID after, int limit) {
        return client.preparedQuery("select identity, person, kind, fields, told from reconciliation_difference"
                        + " where run = $1 and ($2::uuid is null or identity > $2) order by identity limit $3")
                .execute(Tuple.of(run, after, limit + 1))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Difference(
                                row.getUUID(0),
                                row.getUUID(1),
                                HospitalCopy.Kind.valueOf(row.getString(2)),
                                List.of(row.getArrayOfStrings(3)),
                                row.getBoolean(4)))
                        .toList());
    }

    private static Report report(Row row) {
        Map<String, Long> others = new HashMap<>();
        if (row.getJsonObject("others") != null) {
            row.getJsonObject("others")
                    .forEach(each -> others.put(each.getKey(), ((Number) each.getValue()).longValue()));
        }
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        return new Report(
                row.getUUID("id"),
                row.getString("source"),
                row.getString("asked_by"),
                row.getOffsetDateTime("started_at").toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getLong("asked"),
                row.getLong("agreed"),
                others);
    }
}
