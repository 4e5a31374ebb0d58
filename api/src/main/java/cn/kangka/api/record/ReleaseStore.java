package cn.kangka.api.record;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Which versions are shown, and whose account is still to be told. */
@ApplicationScoped
class ReleaseStore {
    private static final String DUE = """
            select id from report
            where released_at is null and release_at <= $1 and superseded_at is null and not withdrawn
            order by release_at limit $2 for update skip locked
            """;
    private static final String UNLIST_EARLIER = """
            update report earlier set listed = false from report released
            where released.id = any($1) and released.released_at is null and released.superseded_at is null
              and not released.withdrawn and earlier.source = released.source
              and earlier.number_hash = released.number_hash and earlier.id <> released.id and earlier.listed
            """;
    private static final String RELEASE = """
            update report set released_at = $2, released_by = $3, listed = true, notice_pending = true
            where id = any($1) and released_at is null and superseded_at is null and not withdrawn
            """;
    /** Identities that the index has not told of wait, and so do suspended accounts; all others are settled. */
    private static final String TO_TELL = """
            select r.id, r.category, r.hospital, i.person, a.id as account
            from report r join identity i on i.id = r.identity
            left join lateral (
                select id, status from account
                where person = i.person and status <> 'CLOSED' and level >= $3 order by status limit 1) a on true
            where r.notice_pending and ($1::uuid[] is null or r.id = any($1))
              and a.status is distinct from 'SUSPENDED'
            order by r.id limit $2 for update of r skip locked
            """;

    /** A released version and whom to tell; account is null when nobody is. */
    record ToTell(UUID report, String category, String hospital, UUID person, UUID account) {}

    Uni<List<UUID>> due(SqlConnection tx, Instant now, int limit) {
        return tx.preparedQuery(DUE)
                .execute(Tuple.of(ReportStore.utc(now), limit))
                .map(ReleaseStore::ids);
    }

    /** Shows these versions instead of earlier ones of the same report; those that may not be shown stay as they are. */
    Uni<Void> release(SqlConnection tx, List<UUID> ids, Instant now, String by) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(UNLIST_EARLIER)
                        .execute(Tuple.of(array(ids)))
                        .chain(() -> tx.preparedQuery(RELEASE).execute(Tuple.of(array(ids), ReportStore.utc(now), by)))
                        .replaceWithVoid();
    }

    /** @param among only these; null for whatever waits */
    Uni<List<ToTell>> toTell(SqlConnection tx, List<UUID> among, int limit, int level) {
        return tx.preparedQuery(TO_TELL)
                .execute(Tuple.of(among == null ? null : array(among), limit, level))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new ToTell(
                                row.getUUID("id"),
                                row.getString("category"),
                                row.getString("hospital"),
                                row.getUUID("person"),
                                row.getUUID("account")))
                        .toList());
    }

    Uni<Void> settled(SqlConnection tx, List<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("update report set notice_pending = false where id = any($1)")
                        .execute(Tuple.of(array(ids)))
                        .replaceWithVoid();
    }

    private static UUID[] array(List<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID(0))
                .toList();
    }
}
