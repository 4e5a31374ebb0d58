package cn.kangka.empi.load;

import cn.kangka.empi.linking.Outcome.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/** Rows of loads. */
@ApplicationScoped
class LoadStore {
    private static final String COLUMNS = "id, source, told_at, batch, rows_done, report_bytes, counts";

    /** The unfinished load of a file, or a new one. */
    Uni<LoadRun> open(SqlConnection tx, LoadRun fresh, String digest) {
        return tx.preparedQuery("insert into load_run (id, source, digest, told_at, batch) values ($1, $2, $3, $4, $5)"
                        + " on conflict (source, digest) where finished_at is null do update set digest = excluded.digest"
                        + " returning " + COLUMNS)
                .execute(Tuple.of(
                        fresh.id(), fresh.source(), digest, fresh.toldAt().atOffset(ZoneOffset.UTC), fresh.batch()))
                .map(rows -> read(rows.iterator().next()));
    }

    /** Notes that a load has come further; false when it is not where it was thought to be. */
    Uni<Boolean> advance(SqlConnection tx, LoadRun before, LoadRun now) {
        JsonObject counts = new JsonObject();
        now.counts().forEach((kind, count) -> counts.put(kind.name(), count));
        return tx.preparedQuery("update load_run set rows_done = $3, report_bytes = $4, counts = $5"
                        + " where id = $1 and rows_done = $2 and finished_at is null")
                .execute(Tuple.of(now.id(), before.rows(), now.rows(), now.reportBytes(), counts))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Void> finish(SqlConnection tx, UUID run) {
        return tx.preparedQuery("update load_run set finished_at = now() where id = $1 and finished_at is null")
                .execute(Tuple.of(run))
                .replaceWithVoid();
    }

    private static LoadRun read(Row row) {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        row.getJsonObject("counts")
                .forEach(entry -> counts.put(Kind.valueOf(entry.getKey()), ((Number) entry.getValue()).longValue()));
        return new LoadRun(
                row.getUUID("id"),
                row.getString("source"),
                row.getOffsetDateTime("told_at").toInstant(),
                row.getInteger("batch"),
                row.getLong("rows_done"),
                row.getLong("report_bytes"),
                counts);
    }
}
