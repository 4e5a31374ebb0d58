package cn.kangka.api.appointment;

import cn.kangka.api.directory.Channel;
import cn.kangka.api.policy.Rules;
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
import java.util.List;
import java.util.UUID;

/** Reads bookings, and locks one to change it. */
@ApplicationScoped
class AppointmentStore {
    private static final String SELECT = """
            select a.id, a.person, a.session_id, a.slot_id, a.status, a.hospital_status, a.version,
                a.withdrawn_at is not null as withdrawn, a.reordered_at is not null as reordered, a.channel, a.kind, a.reserved,
                e.cancel_until, e.rules, hospital_policies(a.hospital) as policies, a.booked_by_kind, a.booked_by, a.booked_at,
                a.cancelled_at, a.reason, a.hospital_start,
                a.hospital_moved_at is not null as hospital_moved, a.hospital, h.name as hospital_name,
                d.id as department_id, d.code as department_code, d.name as department_name,
                p.id as practitioner_id, p.code as practitioner_code, p.name as practitioner_name,
                p.title as practitioner_title, a.visit_date, e.half, a.start_at, a.end_at, a.fee, e.modality,
                a.status = 'MISSED' and (e.status = 'STOPPED' or exists (select 1 from appointment o
                    where o.person = a.person and o.session_id = a.session_id and o.status in ('BOOKED', 'CHECKED_IN')))
                    as over
            from appointment a
            join clinic_session e on e.id = a.session_id
            join hospital h on h.id = a.hospital
            join department d on d.id = a.department_id
            join practitioner p on p.id = a.practitioner_id
            """;
    private static final String NEWEST_FIRST = SELECT + """
            where a.person = $1 and ($2::timestamptz is null or (a.booked_at, a.id) < ($2, $3))
            order by a.booked_at desc, a.id desc limit $4
            """;
    private static final String UPCOMING = SELECT + """
            where a.person = $1 and a.status in ('BOOKED', 'CHECKED_IN') and (a.end_at > $5
                or exists (select 1 from queue_ticket t where t.appointment = a.id and t.state in ('WAITING', 'CALLED', 'PASSED')))
              and ($2::timestamptz is null or (a.start_at, a.id) > ($2, $3))
            order by a.start_at, a.id limit $4
            """;
    private static final String FAILED = SELECT + """
            where a.person = $1 and a.status in ('STOPPED', 'REFUSED', 'MISSED') and a.start_at >= $5
              and ($2::timestamptz is null or (a.start_at, a.id) < ($2, $3))
            order by a.start_at desc, a.id desc limit $4
            """;
    private static final String PENDING = SELECT + """
            where a.status = 'BOOKED' and (a.hospital_status = 'PENDING' or a.hospital_start is not null) and a.booked_at < $1
              and ($2::timestamptz is null or (a.booked_at, a.id) > ($2, $3))
            order by a.booked_at, a.id limit $4
            """;
    static final String BY_PARTNER = SELECT + """
            where a.booked_by_kind = 'PARTNER' and a.booked_by = $1 and ($2::timestamptz is null or (a.booked_at, a.id) < ($2, $3))
            order by a.booked_at desc, a.id desc limit $4
            """;
    private static final String MOVED_FROM = """
            with recursive replaced (id, step) as (
                select n.moved_from, 1 from appointment n where n.id = $1 and n.moved_from is not null
                union all
                select p.moved_from, r.step + 1 from replaced r join appointment p on p.id = r.id
                where p.moved_from is not null and p.status = 'CANCELLED' and p.hospital_status <> 'ACCEPTED')
            """ + SELECT + """
            join replaced r on r.id = a.id
            order by a.status = 'CANCELLED' and a.hospital_status = 'ACCEPTED' desc, r.step limit 1
            """;

    private final ZoneId zone;
    private final Rules rules;

    AppointmentStore(Clock clock, Rules rules) {
        this.rules = rules;
        this.zone = clock.getZone();
    }

    /** The booking; null when there is none. */
    Uni<Appointment> find(SqlClient connection, UUID id) {
        return connection
                .preparedQuery(SELECT + "where a.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> Rows.first(rows, this::appointment));
    }

    /**
     * The booking that this one replaced, and where several were replaced one after the other the newest that the hospital had
     * accepted, if there is one; null when it replaced none.
     */
    Uni<Appointment> movedFrom(SqlClient connection, UUID id) {
        return connection
                .preparedQuery(MOVED_FROM)
                .execute(Tuple.of(id))
                .map(rows -> Rows.first(rows, this::appointment));
    }

    /** These bookings, in this order. */
    Uni<List<Appointment>> all(SqlClient connection, List<UUID> ids) {
        return connection
                .preparedQuery(SELECT + "join unnest($1::uuid[]) with ordinality w(id, place) on w.id = a.id"
                        + " order by w.place")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> Rows.all(rows, this::appointment));
    }

    /** The booking, with its person's lock and its own row's, in this order; null when there is none. */
    Uni<Appointment> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery("select lock_person(person) from appointment where id = $1")
                .execute(Tuple.of(id))
                .chain(() -> tx.preparedQuery("select 1 from appointment where id = $1 for no key update")
                        .execute(Tuple.of(id)))
                .chain(() -> find(tx, id));
    }

    /** A person's bookings, the newest first. */
    Uni<List<Appointment>> newestFirst(SqlClient connection, UUID person, Cursor after, int limit) {
        return connection
                .preparedQuery(NEWEST_FIRST)
                .execute(Tuple.of(person, at(after), id(after), limit))
                .map(rows -> Rows.all(rows, this::appointment));
    }

    /** A person's bookings still to come, or waited for at the clinic, the next first. */
    Uni<List<Appointment>> upcoming(SqlClient connection, UUID person, OffsetDateTime now, Cursor after, int limit) {
        return connection
                .preparedQuery(UPCOMING)
                .execute(Tuple.of(person, at(after), id(after), limit, now))
                .map(rows -> Rows.all(rows, this::appointment));
    }

    /** A person's bookings of visits since then that were stopped, refused or missed, the latest visit first. */
    Uni<List<Appointment>> failed(SqlClient connection, UUID person, OffsetDateTime since, Cursor after, int limit) {
        return connection
                .preparedQuery(FAILED)
                .execute(Tuple.of(person, at(after), id(after), limit, since))
                .map(rows -> Rows.all(rows, this::appointment));
    }

    /** What a partner booked, the newest first. */
    Uni<List<Appointment>> byPartner(SqlClient connection, String client, Cursor after, int limit) {
        return connection
                .preparedQuery(BY_PARTNER)
                .execute(Tuple.of(client, at(after), id(after), limit))
                .map(rows -> Rows.all(rows, this::appointment));
    }

    /** Bookings no hospital has answered, or answered with a time that is none of ours, made before an instant, the oldest first. */
    Uni<List<Appointment>> pending(SqlClient connection, OffsetDateTime before, Cursor after, int limit) {
        return connection
                .preparedQuery(PENDING)
                .execute(Tuple.of(before, at(after), id(after), limit))
                .map(rows -> Rows.all(rows, this::appointment));
    }

    private static OffsetDateTime at(Cursor cursor) {
        return cursor == null ? null : cursor.at().atOffset(ZoneOffset.UTC);
    }

    private static UUID id(Cursor cursor) {
        return cursor == null ? null : cursor.id();
    }

    private Appointment appointment(Row row) {
        return new Appointment(
                row.getUUID("id"),
                row.getUUID("person"),
                row.getUUID("session_id"),
                BookingStore.slot(row, row.getUUID("slot_id"), zone),
                AppointmentStatus.valueOf(row.getString("status")),
                HospitalStatus.valueOf(row.getString("hospital_status")),
                row.getLong("version"),
                row.getBoolean("withdrawn"),
                row.getBoolean("reordered"),
                Channel.of(row.getInteger("channel")),
                VisitKind.valueOf(row.getString("kind")),
                row.getBoolean("reserved"),
                row.getString("booked_by_kind"),
                row.getString("booked_by"),
                Rows.time(row, "booked_at", zone),
                Rows.time(row, "cancelled_at", zone),
                row.getString("reason"),
                Rows.time(row, "hospital_start", zone),
                row.getBoolean("hospital_moved"),
                row.getBoolean("over"),
                rules.at(row.getJsonObject("policies")).orKinder(rules.at(row.getJsonObject("rules"))));
    }
}
