package cn.kangka.api.appointment;

import cn.kangka.api.directory.Channel;
import cn.kangka.api.directory.Position;
import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** One statement: the first free bands of each department that is meant, and of these the first, or the nearest. */
@ApplicationScoped
class NearestStore {
    private static final String PLACES = """
            with place as (
                select d.id as department_id, d.hospital, d.name as department_name, h.name as hospital_name,
                    metres_between($1::float8, $2::float8, coalesce(c.latitude, h.latitude),
                        coalesce(c.longitude, h.longitude)) as distance
                from department d join hospital h on h.id = d.hospital
                left join campus c on c.id = d.campus_id and c.known
                where d.known and h.known %s)
            """;
    private static final String FREE = """
            , free as (
                select l.*, b.* from place l cross join lateral (
                    select s.id, e.id as session, s.start_at, s.end_at, e.fee, e.mode, e.modality, e.practitioner_id,
                        least(s.capacity - s.used - s.held - s.blocked,
                            case when $4 >= e.flow_back_at then e.bookable - e.taken_total
                                else least(e.bookable - e.reserved - e.taken_total + e.reserved_taken,
                                    e.quota[$3] - e.taken[$3]) end)::int as free
                    from clinic_session e join slot s on s.session_id = e.id
                    where e.department_id = l.department_id and e.visit_date between $5 and $6
                      and session_has_room(e, $3, $4) and s.start_at > $4 and s.status = 'OPEN'
                      and s.used + s.held + s.blocked < s.capacity and e.practitioner_id is not null
                      %s
                    order by e.visit_date, s.start_at, s.id limit %s) b)
            """;
    private static final String NAMED = """
            select f.*, p.name as doctor_name, p.title as doctor_title from %s f
            join practitioner p on p.id = f.practitioner_id
            """;
    private static final String FIRST = NAMED.formatted("free") + "order by f.start_at, f.distance, f.id limit $7";
    private static final String NEAREST =
            NAMED.formatted("(select distinct on (hospital) * from free order by hospital, start_at, distance, id)")
                    + "order by f.distance, f.start_at, f.id limit $7";

    private final Database database;
    private final ZoneId zone;

    NearestStore(Database database, Clock clock) {
        this.database = database;
        this.zone = clock.getZone();
    }

    /**
     * What is asked for; null leaves it open.
     *
     * @param codes of the national list
     * @param kind HOSPITAL or CENTRE
     * @param byDistance the first band of each place, the nearest place first
     */
    record Question(
            List<String> codes,
            UUID doctor,
            String hospital,
            String kind,
            Position near,
            LocalDate from,
            LocalDate to,
            boolean byDistance) {}

    static String sql(Question question) {
        String places = (question.codes() == null ? "" : " and d.standard_code = any($8::text[])")
                + (question.hospital() == null ? "" : " and d.hospital = $9")
                + (question.kind() == null ? "" : " and h.kind = $10")
                + (question.doctor() == null
                        ? ""
                        : " and d.id in (select r.department_id from practitioner_role r where r.practitioner_id = $11)")
                + " and ($8::text[] is null or true) and ($9::text is null or true) and ($10::text is null or true)"
                + " and ($11::uuid is null or true)";
        String doctor = question.doctor() == null ? "" : "and e.practitioner_id = $11";
        return PLACES.formatted(places)
                + FREE.formatted(doctor, question.byDistance() ? "1" : "$7")
                + (question.byDistance() ? NEAREST : FIRST);
    }

    Uni<List<SlotView>> find(Question question, Channel channel, OffsetDateTime now, int limit) {
        Position near = question.near();
        return database.pool()
                .preparedQuery(sql(question))
                .execute(Tuple.tuple(Arrays.asList(
                        near == null ? null : near.latitude(),
                        near == null ? null : near.longitude(),
                        channel.number(),
                        now,
                        question.from(),
                        question.to(),
                        limit,
                        question.codes() == null ? null : question.codes().toArray(String[]::new),
                        question.hospital(),
                        question.kind(),
                        question.doctor())))
                .map(rows -> Rows.all(rows, this::slot));
    }

    private SlotView slot(Row row) {
        return new SlotView(
                row.getUUID("id"),
                row.getUUID("session"),
                row.getString("hospital"),
                row.getString("hospital_name"),
                row.getUUID("department_id"),
                row.getString("department_name"),
                row.getUUID("practitioner_id"),
                row.getString("doctor_name"),
                row.getString("doctor_title"),
                Rows.time(row, "start_at", zone),
                Rows.time(row, "end_at", zone),
                row.getInteger("free"),
                null,
                row.getBigDecimal("fee"),
                row.getString("mode"),
                null,
                null,
                Modality.valueOf(row.getString("modality")),
                row.getInteger("distance"));
    }
}
