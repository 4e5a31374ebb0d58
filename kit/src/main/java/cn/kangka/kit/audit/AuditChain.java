package cn.kangka.kit.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Chains audit entries: {@code hash(n) = SHA-256(hash(n-1) || entry(n))}. Runs every few seconds by the service's
 * scheduler, one replica at a time; {@link #verify} tells whether an entry was altered, removed, slipped in or left out.
 *
 * <p>What is new is looked for from ten minutes before the newest chained entry on, so that chaining costs the same
 * however old the audit is. An entry is stamped when it is written and seen when its transaction commits: one that took
 * longer than those ten minutes would be left out, and {@link #verify} says so.
 */
@ApplicationScoped
public class AuditChain {
    private static final int BATCH = 2_000;
    private static final String MARGIN = "interval '10 minutes'";
    private static final String ENTRY =
            "concat_ws('|', e.id, e.at, e.actor_kind, e.actor, e.action, e.person, e.object, e.outcome, e.reason)";
    private static final String LAST = "select c.seq, c.hash, e.at - " + MARGIN
            + " from audit_chain c left join audit_entry e on e.id = c.entry_id order by c.seq desc limit 1";

    /** What is new since $1; two seconds of rest, so that entries whose commit is late keep their place. */
    static final String NEW = "select e.id, " + ENTRY + " from audit_entry e"
            + " where e.at >= $1 and e.at < now() - interval '2 seconds'"
            + " and not exists (select 1 from audit_chain c where c.entry_id = e.id)"
            + " order by e.at, e.id limit " + BATCH;

    private static final String LINKS = "select c.seq, c.hash, " + ENTRY
            + " from audit_chain c left join audit_entry e on e.id = c.entry_id where c.seq > $1"
            + " order by c.seq limit " + BATCH;
    private static final String UNCHAINED = "select count(*) filter (where e.at < $1),"
            + " count(*) filter (where e.at >= $1)"
            + " from audit_entry e left join audit_chain c on c.entry_id = e.id"
            + " where c.entry_id is null and e.at < now() - " + MARGIN;

    /**
     * What became of the audit.
     *
     * @param brokenAt the first sequence number of the chain that does not fit, or 0 when all do
     * @param leftOut entries that are older than the chain's end and in no chain: slipped in, or committed too late
     * @param waiting entries that are more than ten minutes old and still to be chained
     */
    public record Verdict(long brokenAt, long leftOut, long waiting) {
        /** Whether nothing was altered, removed, slipped in or left out. */
        public boolean whole() {
            return brokenAt == 0 && leftOut == 0;
        }
    }

    private final Database database;

    public AuditChain(Database database) {
        this.database = database;
    }

    /**
     * Chains what is new and at least two seconds old.
     *
     * @return how many entries were chained
     */
    public Uni<Integer> extend() {
        return database.write(tx -> tx.query("select pg_try_advisory_xact_lock(7163)")
                .execute()
                .flatMap(rows -> rows.iterator().next().getBoolean(0)
                        ? extend(tx)
                        : Uni.createFrom().item(0)));
    }

    private static Uni<Integer> extend(SqlConnection tx) {
        return inUtc(tx).chain(() -> last(tx)).flatMap(last -> tx.preparedQuery(NEW)
                .execute(Tuple.of(last.from()))
                .flatMap(entries -> append(tx, last, entries)));
    }

    /** Times become text in UTC, whatever the connection says otherwise. */
    private static Uni<Void> inUtc(SqlConnection tx) {
        return tx.query("set local timezone to 'UTC'").execute().replaceWithVoid();
    }

    /** The chain's end, and where what is new may begin. */
    private record End(long seq, byte[] hash, OffsetDateTime from) {
        static final OffsetDateTime EVER = Instant.EPOCH.atOffset(ZoneOffset.UTC);

        static End of(RowSet<Row> rows) {
            if (!rows.iterator().hasNext()) {
                return new End(0, new byte[0], EVER);
            }
            Row row = rows.iterator().next();
            OffsetDateTime from = row.getOffsetDateTime(2);
            return new End(row.getLong(0), row.getBuffer(1).getBytes(), from == null ? EVER : from);
        }
    }

    private static Uni<End> last(SqlConnection tx) {
        return tx.query(LAST).execute().map(End::of);
    }

    private static Uni<Integer> append(SqlConnection tx, End last, RowSet<Row> entries) {
        long seq = last.seq();
        byte[] hash = last.hash();
        List<Tuple> links = new ArrayList<>();
        for (Row entry : entries) {
            hash = link(hash, entry.getString(1));
            links.add(Tuple.of(++seq, entry.getUUID(0), Buffer.buffer(hash)));
        }
        return links.isEmpty()
                ? Uni.createFrom().item(0)
                : tx.preparedQuery("insert into audit_chain (seq, entry_id, hash) values ($1, $2, $3)")
                        .executeBatch(links)
                        .replaceWith(links.size());
    }

    /** Recomputes the whole chain, page by page, and counts what is in no chain. */
    public Uni<Verdict> verify() {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(Walk.START), walk -> walkOn(walk.get())
                        .invoke(walk::set))
                .whilst(walk -> !walk.over())
                .collect()
                .last()
                .flatMap(walk -> database.write(tx -> last(tx).flatMap(end -> tx.preparedQuery(UNCHAINED)
                        .execute(Tuple.of(end.from()))
                        .map(rows -> rows.iterator().next())
                        .map(row -> new Verdict(walk.brokenAt(), row.getLong(0), row.getLong(1))))));
    }

    private Uni<Walk> walkOn(Walk walk) {
        return database.write(tx -> inUtc(tx)
                .chain(() ->
                        tx.preparedQuery(LINKS).execute(Tuple.of(walk.after())).map(walk::over)));
    }

    /** How far a check of the chain has come: the next sequence number, the hash before it, and what was found. */
    private record Walk(long expected, byte[] hash, long brokenAt, boolean over) {
        static final Walk START = new Walk(1, new byte[0], 0, false);

        long after() {
            return expected == 1 ? Long.MIN_VALUE : expected - 1;
        }

        Walk over(RowSet<Row> rows) {
            byte[] reached = hash;
            long next = expected;
            for (Row row : rows) {
                reached = link(reached, row.getString(2));
                if (row.getLong(0) != next
                        || !MessageDigest.isEqual(reached, row.getBuffer(1).getBytes())) {
                    return new Walk(next, reached, next, true);
                }
                next++;
            }
            return new Walk(next, reached, 0, rows.size() < BATCH);
        }
    }

    private static byte[] link(byte[] previous, String entry) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(previous);
            return digest.digest((entry == null ? "" : entry).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
