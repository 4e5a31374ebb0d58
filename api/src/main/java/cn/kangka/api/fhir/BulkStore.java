package cn.kangka.api.fhir;

import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads a hospital's places, sessions and bands for publication, page by page. */
@ApplicationScoped
class BulkStore {
    private static final String HOSPITALS = """
            select h.id from hospital h where h.known and exists (select 1 from slot s
                where s.hospital = h.id and s.start_at > $1 and s.start_at < $2) order by h.id
            """;
    private static final String PLACES = """
            select h.id, h.id as hospital, h.name, h.address, h.telephone, h.latitude, h.longitude, null as part
            from hospital h where h.known and h.id = $1
            union all
            select c.id::text, c.hospital, h.name || ' ' || c.name, coalesce(c.address, h.address),
                coalesce(c.telephone, h.telephone), c.latitude, c.longitude, h.id
            from campus c join hospital h on h.id = c.hospital where c.known and h.known and c.hospital = $1
            order by part nulls first, name
            """;
    private static final String SESSIONS = """
            select e.id, e.visit_date, e.department_id, d.name as department, d.standard_code, c.id as campus, p.id as practitioner,
                p.name as practitioner_name, p.title, e.status = 'OPEN' as open, b.start_at, b.end_at
            from clinic_session e
            join department d on d.id = e.department_id join practitioner p on p.id = e.practitioner_id
            left join campus c on c.id = d.campus_id and c.known
            cross join lateral (select min(s.start_at) as start_at, max(s.end_at) as end_at from slot s
                where s.session_id = e.id) b
            where e.hospital = $1 and e.visit_date between $2 and $3 and e.release_at <= $4 and b.end_at > $4
              and (e.visit_date, e.id) > ($5, $6)
            order by e.visit_date, e.id limit $7
            """;
    private static final String BANDS = """
            select s.id, s.session_id, s.start_at, s.end_at, s.status = 'OPEN' and e.status = 'OPEN' as open, d.code,
                e.visit_date, e.modality, %s as free
            from slot s join clinic_session e on e.id = s.session_id join department d on d.id = e.department_id
            where s.hospital = $2 and e.hospital = $2 and s.start_at > $1 and s.start_at < $3 and e.release_at <= $1
              and e.practitioner_id is not null and (s.start_at, s.id) > ($4, $5)
            order by s.start_at, s.id limit $6
            """.formatted(SchedulingStore.FREE);

    private final Database database;
    private final ZoneId zone;

    BulkStore(Database database, Clock clock) {
        this.database = database;
        this.zone = clock.getZone();
    }

    /** A hospital, or a campus of one; {@code part} is the hospital's id for a campus. */
    record Place(
            String id, String name, String address, String telephone, Double latitude, Double longitude, String part) {}

    /** A session; {@code place} is a campus's id or the hospital's. */
    record Session(
            UUID id,
            LocalDate day,
            UUID departmentId,
            String department,
            String standardCode,
            String place,
            UUID practitioner,
            String practitionerName,
            String title,
            boolean open,
            OffsetDateTime start,
            OffsetDateTime end) {}

    /** A band, with its department's code for the link. */
    record Band(SchedulingStore.Band band, String department, String day) {}

    /** Hospitals that have bands in the period. */
    Uni<List<String>> hospitals(OffsetDateTime now, OffsetDateTime to) {
        return list(HOSPITALS, Tuple.of(now, to), row -> row.getString("id"));
    }

    Uni<List<Place>> places(String hospital) {
        return list(
                PLACES,
                Tuple.of(hospital),
                row -> new Place(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("address"),
                        row.getString("telephone"),
                        row.getDouble("latitude"),
                        row.getDouble("longitude"),
                        row.getString("part")));
    }

    /** Sessions that are not over, by day, after the one that is given. */
    Uni<List<Session>> sessions(String hospital, OffsetDateTime now, OffsetDateTime to, Session after, int limit) {
        OffsetDateTime from = local(now);
        return list(
                SESSIONS,
                Tuple.of(hospital, from.toLocalDate(), local(to).toLocalDate(), now)
                        .addLocalDate(after == null ? from.toLocalDate() : after.day())
                        .addUUID(after == null ? new UUID(0, 0) : after.id())
                        .addInteger(limit),
                row -> session(row, hospital));
    }

    /** Bands to come, by start, after the one that is given. */
    Uni<List<Band>> bands(
            String hospital, OffsetDateTime now, OffsetDateTime to, SchedulingStore.Band after, int limit) {
        return list(
                BANDS,
                Tuple.of(now, hospital, to)
                        .addOffsetDateTime(after == null ? now : after.start())
                        .addUUID(after == null ? new UUID(0, 0) : after.id())
                        .addInteger(limit),
                this::band);
    }

    private Session session(Row row, String hospital) {
        UUID campus = row.getUUID("campus");
        return new Session(
                row.getUUID("id"),
                row.getLocalDate("visit_date"),
                row.getUUID("department_id"),
                row.getString("department"),
                row.getString("standard_code"),
                campus == null ? hospital : campus.toString(),
                row.getUUID("practitioner"),
                row.getString("practitioner_name"),
                row.getString("title"),
                row.getBoolean("open"),
                local(row.getOffsetDateTime("start_at")),
                local(row.getOffsetDateTime("end_at")));
    }

    private Band band(Row row) {
        return new Band(
                new SchedulingStore.Band(
                        row.getUUID("id"),
                        row.getUUID("session_id"),
                        local(row.getOffsetDateTime("start_at")),
                        local(row.getOffsetDateTime("end_at")),
                        row.getBoolean("open"),
                        row.getInteger("free"),
                        row.getString("modality").equals("REMOTE")),
                row.getString("code"),
                row.getLocalDate("visit_date").toString());
    }

    private OffsetDateTime local(OffsetDateTime time) {
        return time.atZoneSameInstant(zone).toOffsetDateTime();
    }

    private <T> Uni<List<T>> list(String sql, Tuple parameters, Function<Row, T> reading) {
        return database.pool().preparedQuery(sql).execute(parameters).map(rows -> all(rows, reading));
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reading) {
        return StreamSupport.stream(rows.spliterator(), false).map(reading).toList();
    }
}
