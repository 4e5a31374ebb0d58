package cn.kangka.empi.review;

import cn.kangka.empi.review.ReviewRequests.Order;
import cn.kangka.empi.review.ReviewTask.State;
import cn.kangka.empi.review.ReviewViews.Statistics;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.TextCursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Rows of doubtful pairs. */
@ApplicationScoped
class ReviewStore {
    private static final String COLUMNS = "select id, one, other, probability, veto, model, state, created_at,"
            + " decided_at, decided_by, reason, seconds, event from review_task ";

    /** Opens tasks; one that waits already gets the new probability, one that a human decided stays as it is. */
    Uni<Void> open(SqlConnection tx, List<Doubt> doubts, String model) {
        return doubts.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("insert into review_task as t (id, one, other, probability, veto, model)"
                                + " select id, one, other, probability, veto, $6 from"
                                + " unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::float8[], $5::text[])"
                                + " as n(id, one, other, probability, veto) on conflict (one, other) do update set"
                                + " probability = excluded.probability, veto = excluded.veto, model = excluded.model,"
                                + " state = case when t.state = 'SETTLED' then 'OPEN' else t.state end,"
                                + " decided_at = null where t.state in ('OPEN', 'LATER', 'SETTLED')")
                        .execute(Tuple.of(
                                doubts.stream().map(doubt -> Ids.next()).toArray(UUID[]::new),
                                doubts.stream().map(Doubt::one).toArray(UUID[]::new),
                                doubts.stream().map(Doubt::other).toArray(UUID[]::new),
                                doubts.stream().map(Doubt::probability).toArray(Double[]::new),
                                doubts.stream().map(Doubt::veto).toArray(String[]::new),
                                model))
                        .replaceWithVoid();
    }

    /** Closes the waiting tasks of an identity but for these. */
    Uni<Void> settle(SqlConnection tx, UUID identity, List<Doubt> but) {
        return tx.preparedQuery("update review_task set state = 'SETTLED', decided_at = now() where id in ("
                        + "select id from review_task where one = $1 and state in ('OPEN', 'LATER') union all"
                        + " select id from review_task where other = $1 and state in ('OPEN', 'LATER'))"
                        + " and (one, other) not in (select * from unnest($2::uuid[], $3::uuid[]))")
                .execute(Tuple.of(
                        identity,
                        but.stream().map(Doubt::one).toArray(UUID[]::new),
                        but.stream().map(Doubt::other).toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Closes the waiting tasks about pairs that came to be one person's in this transaction. */
    Uni<Void> settleJoined(SqlConnection tx, UUID person) {
        return tx.preparedQuery("update review_task t set state = 'SETTLED', decided_at = now()"
                        + " from link a, link b where a.person = $1 and a.ended_at is null and t.one = a.identity"
                        + " and b.person = $1 and b.ended_at is null and t.other = b.identity"
                        + " and (a.since = now() or b.since = now()) and t.state in ('OPEN', 'LATER')")
                .execute(Tuple.of(person))
                .replaceWithVoid();
    }

    /** The likeliest first, or the oldest. */
    Uni<List<ReviewTask>> waiting(SqlClient client, State state, Order order, int limit, TextCursor after) {
        boolean first = after.equals(TextCursor.START);
        UUID last = first ? null : UUID.fromString(after.second());
        String inState = "where state = $1 and state in ('OPEN', 'LATER') and ";
        return order == Order.probability
                ? client.preparedQuery(COLUMNS + inState
                                + "($2::float8 is null or probability <= $2 and (probability < $2 or id > $3))"
                                + " order by probability desc, id limit $4")
                        .execute(Tuple.of(state.name(), first ? null : Double.valueOf(after.first()), last, limit))
                        .map(ReviewStore::read)
                : client.preparedQuery(COLUMNS + inState + "($2::timestamptz is null or (created_at, id) > ($2, $3))"
                                + " order by created_at, id limit $4")
                        .execute(
                                Tuple.of(state.name(), first ? null : OffsetDateTime.parse(after.first()), last, limit))
                        .map(ReviewStore::read);
    }

    /** Those that humans decided, the last decided first. */
    Uni<List<ReviewTask>> decided(SqlClient client, int limit, TextCursor after) {
        boolean first = after.equals(TextCursor.START);
        return client.preparedQuery(COLUMNS + "where state in ('SAME', 'DIFFERENT')"
                        + " and ($1::timestamptz is null or (decided_at, id) < ($1, $2))"
                        + " order by decided_at desc, id desc limit $3")
                .execute(Tuple.of(
                        first ? null : OffsetDateTime.parse(after.first()),
                        first ? null : UUID.fromString(after.second()),
                        limit))
                .map(ReviewStore::read);
    }

    /** All about an identity. */
    Uni<List<ReviewTask>> of(SqlClient client, UUID identity) {
        return client.preparedQuery(COLUMNS + "where one = $1 union all " + COLUMNS + "where other = $1")
                .execute(Tuple.of(identity))
                .map(ReviewStore::read);
    }

    /** Null when there is none. */
    Uni<ReviewTask> find(SqlClient client, UUID id) {
        return client.preparedQuery(COLUMNS + "where id = $1")
                .execute(Tuple.of(id))
                .map(ReviewStore::first);
    }

    /** Locked; null when there is none. */
    Uni<ReviewTask> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(COLUMNS + "where id = $1 for update")
                .execute(Tuple.of(id))
                .map(ReviewStore::first);
    }

    /** Writes what a human decided, now. */
    Uni<Void> update(SqlConnection tx, ReviewTask task) {
        return tx.preparedQuery("update review_task set state = $2, decided_by = $3, reason = $4, seconds = $5,"
                        + " event = $6, decided_at = case when $3::text is null then null else now() end where id = $1")
                .execute(Tuple.tuple(Arrays.asList(
                        task.id(), task.state().name(), task.decidedBy(), task.reason(), task.seconds(), task.event())))
                .replaceWithVoid();
    }

    Uni<Statistics> statistics(SqlClient client) {
        return client.query("select (select count(*) from review_task where state = 'OPEN') as open,"
                        + " (select count(*) from review_task where state = 'LATER') as later,"
                        + " (select min(created_at) from review_task where state = 'OPEN') as oldest,"
                        + " count(*) as decided, percentile_cont(0.5) within group (order by seconds) as median,"
                        + " percentile_cont(0.9) within group (order by seconds) as p90 from review_task"
                        + " where state in ('SAME', 'DIFFERENT') and decided_at > now() - interval '30 days'")
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new Statistics(
                        row.getLong("open"),
                        row.getLong("later"),
                        row.getOffsetDateTime("oldest"),
                        row.getLong("decided"),
                        row.getDouble("median"),
                        row.getDouble("p90")));
    }

    private static ReviewTask first(RowSet<Row> rows) {
        return rows.rowCount() == 0 ? null : read(rows.iterator().next());
    }

    private static List<ReviewTask> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ReviewStore::read)
                .toList();
    }

    private static ReviewTask read(Row row) {
        return new ReviewTask(
                row.getUUID("id"),
                row.getUUID("one"),
                row.getUUID("other"),
                row.getDouble("probability"),
                row.getString("veto"),
                row.getString("model"),
                State.valueOf(row.getString("state")),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("decided_at"),
                row.getString("decided_by"),
                row.getString("reason"),
                row.getInteger("seconds"),
                row.getUUID("event"));
    }
}
