package cn.kangka.kit.outbox;

import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Parked events, for operators: list them, and send them again when the cause is healed. A service that offers it has an
 * index on {@code outbox (parked_at desc, event_id desc) where parked_at is not null}.
 */
@ApplicationScoped
public class ParkedEvents {
    /** HL7's acknowledgement codes, which hospitals follow up with words of their own. */
    private static final Pattern CODE_AND_WORDS = Pattern.compile("(?s)([AC][AER])\\b.*");

    private static final String LIST = """
            select event_id, destination, type, attempts, created_at, parked_at, reason from outbox
            where parked_at is not null and ($1::text is null or destination = $1)
              and ($2::timestamptz is null or (parked_at, event_id) < ($2, $3::uuid))
            order by parked_at desc, event_id desc limit $4
            """;
    private static final String RELEASE = """
            update outbox set parked_at = null, due_at = now(), attempts = 0
            where parked_at is not null and (event_id = $1::uuid or destination = $2::text)
            returning destination
            """;

    private final Database database;
    private final Outbox outbox;
    private final Audit audit;

    public ParkedEvents(Database database, Outbox outbox, Audit audit) {
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** Parked events, newest first; of one destination, or of all when it is null. */
    public Uni<Page<ParkedEvent>> list(String destination, int limit, String cursor) {
        Cursor after = Cursor.decode(cursor);
        return database.pool()
                .preparedQuery(LIST)
                .execute(Tuple.tuple(Arrays.asList(
                        destination,
                        after == null ? null : after.at().atOffset(ZoneOffset.UTC),
                        after == null ? null : after.id(),
                        limit + 1)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ParkedEvents::read)
                        .toList())
                .map(rows ->
                        Page.of(rows, limit, each -> new Cursor(each.parkedAt().toInstant(), each.id())));
    }

    /**
     * Sends one event again, at once; events of the same aggregate that wait behind it follow.
     *
     * @param staff who does it
     * @param reason why; both are in the audit
     * @return fails with 404 when no such event is parked
     */
    public Uni<Integer> releaseOne(UUID event, String staff, String reason) {
        return release(event, null, event.toString(), staff, reason).invoke(released -> {
            if (released == 0) {
                throw Problems.notFound();
            }
        });
    }

    /**
     * Holds an event back until it is released, and with it what waits behind it. One that is on its way just now may still
     * arrive.
     *
     * @param staff who does it
     * @param reason why; both are in the audit
     * @return fails with 404 when no such event waits
     */
    public Uni<Void> park(UUID event, String staff, String reason) {
        return database.write(tx -> tx.preparedQuery("update outbox set parked_at = now(), reason = $2"
                        + " where event_id = $1 and parked_at is null")
                .execute(Tuple.of(event, reason))
                .chain(parked -> {
                    if (parked.rowCount() == 0) {
                        throw Problems.notFound();
                    }
                    return audit.record(
                            tx,
                            AuditEntry.allowed("STAFF", staff, "outbox.park", null, event.toString())
                                    .because(reason));
                }));
    }

    /** Sends all parked events of a destination again; gives how many there were. */
    public Uni<Integer> releaseAll(String destination, String staff, String reason) {
        return release(null, destination, destination, staff, reason);
    }

    private Uni<Integer> release(UUID event, String destination, String object, String staff, String reason) {
        return database.write(tx -> tx.preparedQuery(RELEASE)
                        .execute(Tuple.of(event, destination))
                        .call(released -> released.rowCount() == 0
                                ? Uni.createFrom().voidItem()
                                : noted(tx, object, staff, reason)))
                .invoke(this::wake)
                .map(RowSet::rowCount);
    }

    private Uni<Void> noted(SqlConnection tx, String object, String staff, String reason) {
        return audit.record(
                tx,
                AuditEntry.allowed("STAFF", staff, "outbox.release", null, object)
                        .because(reason));
    }

    private void wake(RowSet<Row> released) {
        StreamSupport.stream(released.spliterator(), false)
                .map(row -> row.getString(0))
                .distinct()
                .forEach(outbox::wake);
    }

    private static ParkedEvent read(Row row) {
        return new ParkedEvent(
                row.getUUID("event_id"),
                row.getString("destination"),
                row.getString("type"),
                row.getInteger("attempts"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("parked_at"),
                withoutWords(row.getString("reason")));
    }

    private static String withoutWords(String reason) {
        var code = CODE_AND_WORDS.matcher(reason == null ? "" : reason);
        return code.matches() ? code.group(1) : reason;
    }
}
