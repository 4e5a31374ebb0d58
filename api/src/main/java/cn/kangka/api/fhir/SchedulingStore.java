package cn.kangka.api.fhir;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads sessions and their bands. */
@ApplicationScoped
class SchedulingStore {
    private static final int APP = 1;
    private static final String SESSIONS = """
            select e.id, e.hospital, h.name as hospital_name, e.department_id, d.name as department_name, e.practitioner_id,
                p.name as practitioner_name, p.title, e.status, e.modality, b.start_at, b.end_at
            from clinic_session e
            join hospital h on h.id = e.hospital
            join department d on d.id = e.department_id
            join practitioner p on p.id = e.practitioner_id
            cross join lateral (select min(s.start_at) as start_at, max(s.end_at) as end_at from slot s
                where s.session_id = e.id) b
            where b.start_at is not null and e.release_at <= $1
            """;
    /** Units of a band s of a session e that the app can book at $1. */
    static final String FREE = """
            greatest(0, case when e.mode = 'DRAW' then 0 else least(s.capacity - s.used - s.held - s.blocked,
                case when $1 >= e.flow_back_at then e.bookable - e.taken_total - e.waiting
                    else least(e.bookable - e.reserved - e.taken_total + e.reserved_taken,
                        e.quota[%1$d] - e.taken[%1$d]) end) end)::int
            """.formatted(APP);

    private static final String SLOTS = """
            select s.id, s.session_id, s.start_at, s.end_at, s.status = 'OPEN' and e.status = 'OPEN' as open, e.modality,
                %s as free
            from slot s join clinic_session e on e.id = s.session_id
            where e.department_id is not null and e.practitioner_id is not null and e.release_at <= $1
            """.formatted(FREE);

    private final Database database;
    private final ZoneId zone;

    SchedulingStore(Database database, Clock clock) {
        this.database = database;
        this.zone = clock.getZone();
    }

    /** A doctor's half-day. */
    record Session(
            UUID id,
            String hospital,
            String hospitalName,
            UUID department,
            String departmentName,
            UUID practitioner,
            String practitionerName,
            String title,
            boolean open,
            boolean remote,
            OffsetDateTime start,
            OffsetDateTime end) {}

    /** A band; {@code free} units are what the app can book now. */
    record Band(
            UUID id, UUID session, OffsetDateTime start, OffsetDateTime end, boolean open, int free, boolean remote) {}

    /** The session; null when there is none that is published. */
    Uni<Session> session(UUID id, OffsetDateTime now) {
        return database.pool()
                .preparedQuery(SESSIONS + "and e.id = $2")
                .execute(Tuple.of(now, id))
                .map(rows -> first(rows, this::session));
    }

    /** Sessions of a department or of a practitioner that overlap a period, by start. */
    Uni<List<Session>> sessions(
            UUID department,
            UUID practitioner,
            OffsetDateTime from,
            OffsetDateTime to,
            OffsetDateTime now,
            Cursor after,
            int limit) {
        String sql = SESSIONS
                + (department == null
                        ? "and $2::uuid is null and e.practitioner_id = $3 "
                        : "and e.department_id = $2 and ($3::uuid is null or e.practitioner_id = $3) ")
                + "and b.end_at > $4 and b.start_at < $5 and ($6::timestamptz is null or (b.start_at, e.id) > ($6, $7))"
                + " order by b.start_at, e.id limit $8";
        return database.pool()
                .preparedQuery(sql)
                .execute(Tuple.tuple(
                        Arrays.asList(now, department, practitioner, from, to, at(after), id(after), limit)))
                .map(rows -> all(rows, this::session));
    }

    /** The band; null when there is none that is published. */
    Uni<Band> band(UUID id, OffsetDateTime now) {
        return database.pool()
                .preparedQuery(SLOTS + "and s.id = $2")
                .execute(Tuple.of(now, id))
                .map(rows -> first(rows, this::band));
    }

    /** Bands of a session, or of a department, that start in a period, by start. */
    Uni<List<Band>> bands(
            UUID session,
            UUID department,
            OffsetDateTime from,
            OffsetDateTime to,
            OffsetDateTime now,
            Cursor after,
            int limit) {
        String sql = SLOTS
                + (session == null ? "and $2::uuid is null and s.department_id = $3 " : "and s.session_id = $2 ")
                + (session == null ? "" : "and $3::uuid is null ")
                + "and s.start_at >= $4 and s.start_at < $5"
                + " and ($6::timestamptz is null or (s.start_at, s.id) > ($6, $7)) order by s.start_at, s.id limit $8";
        return database.pool()
                .preparedQuery(sql)
                .execute(Tuple.tuple(Arrays.asList(now, session, department, from, to, at(after), id(after), limit)))
                .map(rows -> all(rows, this::band));
    }

    private Session session(Row row) {
        return new Session(
                row.getUUID("id"),
                row.getString("hospital"),
                row.getString("hospital_name"),
                row.getUUID("department_id"),
                row.getString("department_name"),
                row.getUUID("practitioner_id"),
                row.getString("practitioner_name"),
                row.getString("title"),
                row.getString("status").equals("OPEN"),
                row.getString("modality").equals("REMOTE"),
                time(row, "start_at"),
                time(row, "end_at"));
    }

    private Band band(Row row) {
        return new Band(
                row.getUUID("id"),
                row.getUUID("session_id"),
                time(row, "start_at"),
                time(row, "end_at"),
                row.getBoolean("open"),
                row.getInteger("free"),
                row.getString("modality").equals("REMOTE"));
    }

    private OffsetDateTime time(Row row, String column) {
        return row.getOffsetDateTime(column).atZoneSameInstant(zone).toOffsetDateTime();
    }

    private static OffsetDateTime at(Cursor cursor) {
        return cursor == null ? null : cursor.at().atOffset(ZoneOffset.UTC);
    }

    private static UUID id(Cursor cursor) {
        return cursor == null ? null : cursor.id();
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reading) {
        return StreamSupport.stream(rows.spliterator(), false).map(reading).toList();
    }

    private static <T> T first(RowSet<Row> rows, Function<Row, T> reading) {
        return rows.size() == 0 ? null : reading.apply(rows.iterator().next());
    }
}
