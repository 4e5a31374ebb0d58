package cn.kangka.api.appointment;

import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import cn.kangka.api.rush.SlotChanges;
import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The functions of V0520__clinic_stop.sql and V0700__kept_alternatives.sql, called; and stops, read. */
@ApplicationScoped
class StopStore {
    private static final String WANTED = """
             from clinic_session e where e.hospital = $1 and ($2::uuid is null or e.department_id = $2)
                and ($3::uuid is null or e.practitioner_id = $3) and e.visit_date between $4 and $5
                and ($6::text is null or e.half = $6) and e.status = 'OPEN'
                and exists (select 1 from slot s where s.session_id = e.id and s.end_at > $7)
            """;
    private static final String SELECT = """
            select x.id, x.hospital, h.name as hospital_name, d.name as department_name, p.name as doctor_name, x.from_date,
                x.to_date, x.half, x.reason, x.at, x.sessions, x.bookings, b.informed, b.last, b.alternatives
            from clinic_stop x
            join hospital h on h.id = x.hospital
            left join department d on d.id = x.department_id
            left join practitioner p on p.id = x.practitioner_id
            cross join lateral (
                select count(informed_at)::int as informed, count(slot_id)::int as alternatives,
                    case when count(*) = count(informed_at) then max(informed_at) end as last
                from stopped_booking where stop_id = x.id) b
            """;
    private static final String PAGE = SELECT + """
            where ($1::text[] is null or x.hospital = any($1)) and ($2::timestamptz is null or (x.at, x.id) < ($2, $3))
            order by x.at desc, x.id desc limit $4
            """;
    private static final String AFFECTED = """
            select b.place, b.appointment, b.person, d.name as department_name, p.name as doctor_name, a.start_at,
                b.account is not null as told, b.informed_at, b.informed_by, s.start_at as alternative, b.offer_expires_at
            from stopped_booking b
            join appointment a on a.id = b.appointment
            join department d on d.id = a.department_id
            join practitioner p on p.id = a.practitioner_id
            left join slot s on s.id = b.slot_id
            where b.stop_id = $1 and b.place > $2 and (not $3 or b.informed_at is null)
            order by b.place limit $4
            """;

    private final ZoneId zone;
    private final SlotChanges changes;

    StopStore(Clock clock, SlotChanges changes) {
        this.changes = changes;
        this.zone = clock.getZone();
    }

    private static Tuple wanted(StopRequest request, OffsetDateTime now) {
        return Tuple.tuple(Arrays.asList(
                request.hospital(),
                request.department(),
                request.doctor(),
                request.from(),
                request.to(),
                request.half(),
                now));
    }

    /** The open sessions that a stop means. */
    Uni<List<UUID>> sessions(SqlClient connection, StopRequest request, OffsetDateTime now) {
        return connection
                .preparedQuery("select e.id" + WANTED + " order by e.id")
                .execute(wanted(request, now))
                .map(rows -> Rows.all(rows, row -> row.getUUID(0)));
    }

    Uni<StopView.Preview> preview(SqlClient connection, StopRequest request, OffsetDateTime now) {
        return connection
                .preparedQuery("select count(*)::int as sessions, coalesce(sum((select count(*) from appointment a"
                        + " where a.session_id = e.id and a.status in ('BOOKED', 'CHECKED_IN'))), 0)::int as bookings,"
                        + " coalesce(sum(e.waiting + (select count(*) from draw_entry w where w.draw_id = e.id"
                        + " and w.status = 'ENTERED')), 0)::int as waiting" + WANTED)
                .execute(wanted(request, now))
                .map(rows -> Rows.first(
                        rows,
                        row -> new StopView.Preview(
                                row.getInteger("sessions"), row.getInteger("bookings"), row.getInteger("waiting"))));
    }

    /** Locks everybody who has a booking there, then the sessions; false when somebody else has booked in between. */
    Uni<Boolean> lock(SqlConnection tx, List<UUID> sessions, boolean sessionsFirst) {
        UUID[] ids = sessions.toArray(UUID[]::new);
        Uni<?> first = sessionsFirst ? lockSessions(tx, ids) : Uni.createFrom().voidItem();
        return first.chain(() -> lockPeople(tx, ids))
                .call(() -> lockSessions(tx, ids))
                .chain(persons -> tx.preparedQuery("select not exists (select 1 from appointment"
                                + " where session_id = any($1) and status in ('BOOKED', 'CHECKED_IN')"
                                + " and person <> all($2))")
                        .execute(Tuple.of(ids, persons)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static Uni<?> lockSessions(SqlConnection tx, UUID[] sessions) {
        return tx.preparedQuery("select lock_sessions($1)").execute(Tuple.of((Object) sessions));
    }

    private static Uni<UUID[]> lockPeople(SqlConnection tx, UUID[] sessions) {
        return tx.preparedQuery("select lock_person(p.person), p.person from (select distinct person from appointment"
                        + " where session_id = any($1) and status in ('BOOKED', 'CHECKED_IN') order by person) p")
                .execute(Tuple.of((Object) sessions))
                .map(rows -> Rows.all(rows, row -> row.getUUID("person")).toArray(UUID[]::new));
    }

    /** Stops them; the ids of the bookings that were released, in order of booking. */
    Uni<List<UUID>> stop(SqlConnection tx, UUID stop, List<UUID> sessions, OffsetDateTime now) {
        return tx.preparedQuery("select * from stop_sessions($1, $2, $3)")
                .execute(Tuple.of(stop, sessions.toArray(UUID[]::new), now))
                .invoke(() -> changes.changingAnywhere(tx))
                .map(rows -> Rows.all(rows, row -> row.getUUID(0)));
    }

    Uni<Void> add(SqlConnection tx, UUID id, StopRequest request, Actor actor, int sessions, OffsetDateTime now) {
        return tx.preparedQuery(
                        "insert into clinic_stop (id, hospital, department_id, practitioner_id, from_date, to_date,"
                                + " half, reason, by_kind, by_id, at, sessions, bookings)"
                                + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0)")
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        request.hospital(),
                        request.department(),
                        request.doctor(),
                        request.from(),
                        request.to(),
                        request.half(),
                        request.reason().strip(),
                        actor.kind(),
                        actor.id(),
                        now,
                        sessions)))
                .replaceWithVoid();
    }

    Uni<Void> counted(SqlConnection tx, UUID id, int bookings) {
        return tx.preparedQuery("update clinic_stop set bookings = $2 where id = $1")
                .execute(Tuple.of(id, bookings))
                .replaceWithVoid();
    }

    Uni<Boolean> hospitalKnown(SqlClient connection, String hospital) {
        return connection
                .preparedQuery("select 1 from hospital where id = $1 and known")
                .execute(Tuple.of(hospital))
                .map(rows -> rows.size() > 0);
    }

    /** Accounts of the stop's people: booking to account. */
    Uni<List<Told>> told(SqlConnection tx, UUID stop) {
        return tx.preparedQuery("select appointment, account from stopped_booking where stop_id = $1"
                        + " and account is not null")
                .execute(Tuple.of(stop))
                .map(rows -> Rows.all(rows, row -> new Told(row.getUUID(0), row.getUUID(1))));
    }

    record Told(UUID appointment, UUID account) {}

    /** Keeps an alternative for the next booking that was stopped; false when none is left. */
    Uni<Boolean> offerNext(SqlConnection tx, HospitalRules region, OffsetDateTime now) {
        WaitingPolicy policy = WaitingPolicy.of(region, zone);
        return tx.preparedQuery("select offer_alternative($1, $2, $3, $4, $5, $6, $7)")
                .execute(Tuple.tuple(Arrays.asList(
                        now,
                        policy.closes(),
                        zone.getId(),
                        WaitingStore.interval(policy.offerFor()),
                        WaitingStore.interval(policy.shortNotice()),
                        region.get(Rule.PER_DEPARTMENT_DAY),
                        region.get(Rule.PER_VISIT_DAY))))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .invoke(looked -> {
                    if (looked) {
                        changes.changingAnywhere(tx);
                    }
                });
    }

    /** The slot that is kept for somebody instead of a stopped booking, and until when; null for none. */
    Uni<Kept> kept(SqlClient connection, UUID appointment, OffsetDateTime now) {
        return connection
                .preparedQuery(
                        "select b.slot_id, h.expires_at from stopped_booking b join slot_hold h on h.id = b.hold_id"
                                + " where b.appointment = $1 and h.expires_at > $2")
                .execute(Tuple.of(appointment, now))
                .map(rows -> Rows.first(rows, row -> new Kept(row.getUUID(0), Rows.time(row, "expires_at", zone))));
    }

    record Kept(UUID slot, OffsetDateTime until) {}

    /** The stop; null when there is none. */
    Uni<StopView> find(SqlClient connection, UUID id) {
        return connection
                .preparedQuery(SELECT + "where x.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> Rows.first(rows, this::view));
    }

    /** The newest first. */
    Uni<List<StopView>> page(SqlClient connection, Set<String> hospitals, Cursor after, int limit) {
        OffsetDateTime at = after == null ? null : after.at().atOffset(ZoneOffset.UTC);
        return connection
                .preparedQuery(PAGE)
                .execute(Tuple.of(
                        hospitals == null ? null : hospitals.toArray(String[]::new),
                        at,
                        after == null ? null : after.id(),
                        limit))
                .map(rows -> Rows.all(rows, this::view));
    }

    /** A stop's people after a place, in order of booking. */
    Uni<List<StopView.Affected>> affected(SqlClient connection, UUID stop, int after, boolean uninformed, int limit) {
        return connection
                .preparedQuery(AFFECTED)
                .execute(Tuple.of(stop, after, uninformed, limit))
                .map(rows -> Rows.all(rows, this::affected));
    }

    /** Accounts that were told and have not read it, as far as is known: booking to account. */
    Uni<List<Told>> unread(SqlClient connection, UUID stop) {
        return connection
                .preparedQuery("select appointment, account from stopped_booking where stop_id = $1"
                        + " and account is not null and informed_at is null")
                .execute(Tuple.of(stop))
                .map(rows -> Rows.all(rows, row -> new Told(row.getUUID(0), row.getUUID(1))));
    }

    /** Notes who knows and since when; the first time counts. How many of these bookings are of this stop. */
    Uni<Integer> informed(
            SqlClient connection, UUID stop, List<UUID> appointments, List<OffsetDateTime> at, String by) {
        return connection
                .preparedQuery("update stopped_booking b set informed_at = coalesce(b.informed_at, u.at),"
                        + " informed_by = case when b.informed_at is null then $4 else b.informed_by end"
                        + " from unnest($2::uuid[], $3::timestamptz[]) u(appointment, at)"
                        + " where b.stop_id = $1 and b.appointment = u.appointment")
                .execute(Tuple.of(stop, appointments.toArray(UUID[]::new), at.toArray(OffsetDateTime[]::new), by))
                .map(rows -> rows.rowCount());
    }

    /** The person of a stopped booking; null when it is not of this stop. */
    Uni<UUID> person(SqlClient connection, UUID stop, UUID appointment) {
        return connection
                .preparedQuery("select person from stopped_booking where stop_id = $1 and appointment = $2")
                .execute(Tuple.of(stop, appointment))
                .map(rows -> Rows.first(rows, row -> row.getUUID(0)));
    }

    private StopView view(Row row) {
        return new StopView(
                row.getUUID("id"),
                row.getString("hospital"),
                row.getString("hospital_name"),
                row.getString("department_name"),
                row.getString("doctor_name"),
                row.getLocalDate("from_date"),
                row.getLocalDate("to_date"),
                row.getString("half"),
                row.getString("reason"),
                Rows.time(row, "at", zone),
                row.getInteger("sessions"),
                row.getInteger("bookings"),
                row.getInteger("informed"),
                Rows.time(row, "last", zone),
                row.getInteger("alternatives"));
    }

    private StopView.Affected affected(Row row) {
        return new StopView.Affected(
                row.getInteger("place"),
                row.getUUID("appointment"),
                row.getUUID("person"),
                row.getString("department_name"),
                row.getString("doctor_name"),
                Rows.time(row, "start_at", zone),
                row.getBoolean("told"),
                Rows.time(row, "informed_at", zone),
                row.getString("informed_by"),
                Rows.time(row, "alternative", zone),
                Rows.time(row, "offer_expires_at", zone));
    }
}
