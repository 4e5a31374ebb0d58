package cn.kangka.api.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the queues of a day. */
@ApplicationScoped
class DeskQueueStore {
    /** One that a changed template closed, and in which nothing is taken, is no clinic of the day. */
    static final String SESSIONS = """
            select e.id, e.hospital, h.name as hospital_name, e.department_id, d.name as department_name,
                p.name as doctor_name, e.visit_date, e.half, b.begins, b.ends, e.status = 'OPEN' as open,
                (select count(*)::int from appointment a where a.session_id = e.id and a.status = 'BOOKED') as expected,
                (select count(*)::int from queue_ticket t where t.session_id = e.id and t.state = 'WAITING') as waiting
            from clinic_session e
            join hospital h on h.id = e.hospital
            join department d on d.id = e.department_id
            join practitioner p on p.id = e.practitioner_id
            cross join lateral (select min(s.start_at) as begins, max(s.end_at) as ends, bool_or(s.status = 'OPEN') as any_open
                from slot s where s.session_id = e.id) b
            where e.hospital = any ($1) and e.visit_date = $2 and (e.half, e.id) > ($3, $4) and b.begins is not null
                and (b.any_open or e.taken_total > 0)
            order by e.half, e.id limit $5
            """;

    static final String CALLED = """
            select t.session_id, t.appointment, t.band, t.number, t.room, t.called_at from queue_ticket t
            where t.session_id = any ($1) and t.state = 'CALLED' order by t.called_at desc
            """;

    private final ZoneId zone;

    DeskQueueStore(Clock clock) {
        this.zone = clock.getZone();
    }

    /** Those of some hospitals on a day, by half-day and id, after a position; without their calls. */
    Uni<List<DeskQueueView>> sessions(
            SqlClient connection, Collection<String> hospitals, LocalDate day, String half, UUID after, int limit) {
        return connection
                .preparedQuery(SESSIONS)
                .execute(Tuple.of(hospitals.toArray(String[]::new), day, half, after, limit))
                .map(rows -> stream(rows).map(this::session).toList());
    }

    /** Who is called in these sessions and was not seen yet, the last call first. */
    Uni<Map<UUID, List<CallView.Called>>> called(SqlClient connection, Collection<UUID> sessions) {
        return connection
                .preparedQuery(CALLED)
                .execute(Tuple.of(sessions.toArray(UUID[]::new)))
                .map(rows -> stream(rows)
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("session_id"),
                                Collectors.mapping(this::called, Collectors.toList()))));
    }

    private DeskQueueView session(Row row) {
        return new DeskQueueView(
                row.getUUID("id"),
                row.getString("hospital"),
                row.getString("hospital_name"),
                row.getUUID("department_id"),
                row.getString("department_name"),
                row.getString("doctor_name"),
                row.getLocalDate("visit_date"),
                row.getString("half"),
                time(row, "begins"),
                time(row, "ends"),
                row.getBoolean("open"),
                row.getInteger("expected"),
                row.getInteger("waiting"),
                List.of());
    }

    private CallView.Called called(Row row) {
        return new CallView.Called(
                row.getUUID("appointment"),
                Ticket.number(row.getInteger("band"), row.getInteger("number")),
                row.getString("room"),
                time(row, "called_at"));
    }

    private OffsetDateTime time(Row row, String column) {
        return row.getOffsetDateTime(column).atZoneSameInstant(zone).toOffsetDateTime();
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
