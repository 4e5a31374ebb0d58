package cn.kangka.api.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The functions of V0550__queue.sql, called; and queues, read. */
@ApplicationScoped
class QueueStore {
    private static final String SNAPSHOT = """
            select e.status = 'OPEN' as open, b.begins, b.ends, t.appointment, t.state, t.band, t.number, t.requeued, t.room,
                t.called_at
            from clinic_session e
            cross join lateral (select min(s.start_at) as begins, max(s.end_at) as ends from slot s
                where s.session_id = e.id) b
            left join queue_ticket t on t.session_id = e.id and t.state <> 'LEFT'
            where e.id = $1 and b.begins is not null
            order by t.state = 'WAITING' desc, t.turn_band, t.turn
            """;
    private static final String PLACE = """
            select t.state, t.requeued, (select max(s.end_at) from slot s where s.session_id = a.session_id) as session_end
            from appointment a left join queue_ticket t on t.appointment = a.id where a.id = $1
            """;
    private static final String PASS = """
            update queue_ticket set state = 'PASSED' where appointment = $1 and session_id = $2 and state = 'CALLED'
            """;
    private static final String CLOSE = """
            with old as (
                select t.appointment from queue_ticket t
                where t.state in ('WAITING', 'CALLED', 'PASSED') and t.checked_in_at < $1
                    and not exists (select 1 from slot s where s.session_id = t.session_id and s.end_at >= $1)
                order by t.appointment limit 500 for update skip locked)
            update queue_ticket t set state = 'LEFT' from old
            where t.appointment = old.appointment
            """;

    private final ZoneId zone;

    QueueStore(Clock clock) {
        this.zone = clock.getZone();
    }

    /** The session's queue; null when there is no such session. */
    Uni<QueueSnapshot> snapshot(SqlClient connection, UUID session) {
        return connection
                .preparedQuery(SNAPSHOT)
                .execute(Tuple.of(session))
                .map(QueueStore::list)
                .map(rows -> rows.isEmpty() ? null : snapshot(session, rows));
    }

    private QueueSnapshot snapshot(UUID session, List<Row> rows) {
        Row first = rows.get(0);
        return new QueueSnapshot(
                session,
                first.getBoolean("open"),
                time(first, "begins"),
                time(first, "ends"),
                rows.stream()
                        .filter(row -> row.getUUID("appointment") != null)
                        .map(this::ticket)
                        .toList(),
                rows.stream()
                        .map(row -> time(row, "called_at"))
                        .filter(Objects::nonNull)
                        .sorted(Comparator.reverseOrder())
                        .toList());
    }

    private Ticket ticket(Row row) {
        return new Ticket(
                row.getUUID("appointment"),
                TicketState.valueOf(row.getString("state")),
                Ticket.number(row.getInteger("band"), row.getInteger("number")),
                row.getInteger("requeued"),
                row.getString("room"),
                time(row, "called_at"));
    }

    /** A booking's ticket and the end of its session. */
    Uni<QueueRules.Place> place(SqlClient connection, UUID appointment) {
        return connection
                .preparedQuery(PLACE)
                .execute(Tuple.of(appointment))
                .map(rows -> rows.iterator().next())
                .map(row -> new QueueRules.Place(
                        row.getString("state") == null ? null : TicketState.valueOf(row.getString("state")),
                        row.getInteger("requeued") == null ? 0 : row.getInteger("requeued"),
                        time(row, "session_end")));
    }

    Uni<Void> requeue(SqlConnection tx, UUID appointment, int others) {
        return tx.preparedQuery("select requeue($1, $2)")
                .execute(Tuple.of(appointment, others))
                .replaceWithVoid();
    }

    /** Calls the next into a room; null when nobody waits. */
    Uni<Ticket> next(SqlConnection tx, UUID session, String room, OffsetDateTime now) {
        return tx.preparedQuery("select * from call_next($1, $2, $3)")
                .execute(Tuple.of(session, room, now))
                .map(QueueStore::list)
                .map(rows -> rows.isEmpty() ? null : ticket(rows.get(0)));
    }

    /** Who was called did not come; false when not called. */
    Uni<Boolean> pass(SqlConnection tx, UUID session, UUID appointment) {
        return tx.preparedQuery("select lock_queue($1)")
                .execute(Tuple.of(session))
                .chain(() -> tx.preparedQuery(PASS).execute(Tuple.of(appointment, session)))
                .map(rows -> rows.rowCount() > 0);
    }

    /** The hospital of a session; null when there is none. */
    Uni<String> hospitalOf(SqlClient connection, UUID session) {
        return connection
                .preparedQuery("select hospital from clinic_session where id = $1")
                .execute(Tuple.of(session))
                .map(QueueStore::list)
                .map(rows -> rows.isEmpty() ? null : rows.get(0).getString(0));
    }

    /** The hospital of a department; null when there is none. */
    Uni<String> hospitalOfDepartment(SqlClient connection, UUID department) {
        return connection
                .preparedQuery("select hospital from department where id = $1 and known")
                .execute(Tuple.of(department))
                .map(QueueStore::list)
                .map(rows -> rows.isEmpty() ? null : rows.get(0).getString(0));
    }

    /** Closes what is left of queues whose sessions ended before an instant; how many places. */
    Uni<Integer> close(SqlClient connection, OffsetDateTime endedBefore) {
        return connection.preparedQuery(CLOSE).execute(Tuple.of(endedBefore)).map(RowSet::rowCount);
    }

    private OffsetDateTime time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.atZoneSameInstant(zone).toOffsetDateTime();
    }

    private static List<Row> list(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
