package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ReminderPolicy.Window;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** The tables of V0650__reminder.sql. */
@ApplicationScoped
class ReminderStore {
    /** Before all others of the same time. */
    private static final UUID NONE = new UUID(0, 0);

    static final String DUE = """
            select id, coalesce(hospital_start, start_at) as visit_at, greatest(booked_at, hospital_moved_at) as known_at
            from appointment
            where status = 'BOOKED' and (coalesce(hospital_start, start_at), id) > ($1, $2)
                and coalesce(hospital_start, start_at) < $3
            order by coalesce(hospital_start, start_at), id limit $4
            """;
    private static final String NOTE = """
            insert into booking_reminder (appointment, kind, visit_at)
            select d.appointment, $1, d.visit_at from unnest($2::uuid[], $3::timestamptz[]) d(appointment, visit_at)
            on conflict do nothing
            """;
    /**
     * Nothing is waited for, so that nobody waits for a circle: what somebody is just changing is left to the next round, which
     * sees what became of it; and who changes what is being told takes it back afterwards.
     */
    private static final String TELL = """
            with taken as (
                select r.appointment, r.kind, r.visit_at, a.person, a.hospital, a.department_id, a.practitioner_id,
                    a.status = 'BOOKED' and coalesce(a.hospital_start, a.start_at) = r.visit_at as stands
                from booking_reminder r join appointment a on a.id = r.appointment
                where r.state = 'DUE' and r.visit_at > $1
                order by r.visit_at, r.appointment, r.kind limit $2
                for update of r skip locked for share of a skip locked),
            ended as (
                delete from booking_reminder r using taken t
                where not t.stands and (r.appointment, r.kind, r.visit_at) = (t.appointment, t.kind, t.visit_at)),
            told as (
                update booking_reminder r
                set state = 'TOLD', told = array(select w.account from told_accounts(t.person) w)
                from taken t
                where t.stands and (r.appointment, r.kind, r.visit_at) = (t.appointment, t.kind, t.visit_at)
                returning r.appointment, r.kind, r.visit_at, r.told)
            select t.appointment, t.kind, t.visit_at, t.person, told.told, h.name as hospital, d.name as department,
                p.name as doctor
            from taken t
            join hospital h on h.id = t.hospital
            join department d on d.id = t.department_id
            join practitioner p on p.id = t.practitioner_id
            left join told
                on (told.appointment, told.kind, told.visit_at) = (t.appointment, t.kind, t.visit_at)
            """;

    private static final String WITHDRAW = """
            with taken as (
                select appointment, kind, visit_at from booking_reminder where state = 'WITHDRAW'
                order by appointment, kind, visit_at limit $1 for update skip locked)
            delete from booking_reminder r using taken t
            where (r.appointment, r.kind, r.visit_at) = (t.appointment, t.kind, t.visit_at)
            returning r.appointment, r.kind, r.visit_at, r.told
            """;
    private static final String FORGET = """
            delete from booking_reminder r using (
                select appointment, kind, visit_at from booking_reminder where visit_at < $1 limit $2 for update skip locked) t
            where (r.appointment, r.kind, r.visit_at) = (t.appointment, t.kind, t.visit_at)
            """;

    private final ZoneId zone;

    ReminderStore(Clock clock) {
        this.zone = clock.getZone();
    }

    /** How far a window has come: everything up to this booking was noted. */
    record Position(OffsetDateTime at, UUID id) {
        /** Before all visits of that time. */
        static Position before(OffsetDateTime at) {
            return new Position(at, NONE);
        }

        Position orLater(OffsetDateTime other) {
            return at.isBefore(other) ? before(other) : this;
        }
    }

    /** @param known since when the person knows of it */
    record Due(UUID appointment, OffsetDateTime visit, OffsetDateTime known) {
        Position position() {
            return new Position(visit, appointment);
        }
    }

    /** @param told the accounts that are told; nobody when the booking does not stand any more */
    record Reminder(UUID appointment, String window, OffsetDateTime visit, List<UUID> told) {}

    /** A reminder with what it says. */
    record Told(Reminder reminder, UUID person, String hospital, String department, String doctor) {}

    /** Locks the window's position; null when somebody else has it, or it was never begun. */
    Uni<Position> lock(SqlConnection tx, Window window) {
        return tx.preparedQuery(
                        "select reached_at, reached_id from reminder_position where kind = $1 for update skip locked")
                .execute(Tuple.of(window.name()))
                .map(rows -> Rows.first(
                        rows, row -> new Position(Rows.time(row, "reached_at", zone), row.getUUID("reached_id"))));
    }

    /** Begins a window, unless it was: what was due earlier is not told. */
    Uni<Void> begin(SqlConnection tx, Window window, OffsetDateTime at) {
        return tx.preparedQuery("insert into reminder_position (kind, reached_at, reached_id) values ($1, $2, $3)"
                        + " on conflict do nothing")
                .execute(Tuple.of(window.name(), at, NONE))
                .replaceWithVoid();
    }

    Uni<Void> reached(SqlConnection tx, Window window, Position position) {
        return tx.preparedQuery("update reminder_position set reached_at = $2, reached_id = $3 where kind = $1")
                .execute(Tuple.of(window.name(), position.at(), position.id()))
                .replaceWithVoid();
    }

    /** Bookings after a position whose visit begins before an instant, the earliest first. */
    Uni<List<Due>> due(SqlConnection tx, Position after, OffsetDateTime until, int most) {
        return tx.preparedQuery(DUE)
                .execute(Tuple.of(after.at(), after.id(), until, most))
                .map(rows -> Rows.all(
                        rows,
                        row -> new Due(
                                row.getUUID("id"),
                                Rows.time(row, "visit_at", zone),
                                Rows.time(row, "known_at", zone))));
    }

    Uni<Void> note(SqlConnection tx, Window window, List<Due> due) {
        return tx.preparedQuery(NOTE)
                .execute(Tuple.of(
                        window.name(),
                        due.stream().map(Due::appointment).toArray(UUID[]::new),
                        due.stream().map(Due::visit).toArray(OffsetDateTime[]::new)))
                .replaceWithVoid();
    }

    /** Takes what is to be told now, the soonest visits first; what does not stand any more is forgotten. */
    Uni<List<Told>> tell(SqlConnection tx, OffsetDateTime now, int most) {
        return tx.preparedQuery(TELL)
                .execute(Tuple.of(now, most))
                .map(rows -> Rows.all(
                        rows,
                        row -> new Told(
                                reminder(row),
                                row.getUUID("person"),
                                row.getString("hospital"),
                                row.getString("department"),
                                row.getString("doctor"))));
    }

    /** Takes what was told in vain. */
    Uni<List<Reminder>> withdraw(SqlConnection tx, int most) {
        return tx.preparedQuery(WITHDRAW).execute(Tuple.of(most)).map(rows -> Rows.all(rows, this::reminder));
    }

    /** Forgets the reminders of visits before an instant; how many. */
    Uni<Integer> forget(SqlClient connection, OffsetDateTime before, int most) {
        return connection.preparedQuery(FORGET).execute(Tuple.of(before, most)).map(rows -> rows.rowCount());
    }

    private Reminder reminder(Row row) {
        UUID[] told = row.getArrayOfUUIDs("told");
        return new Reminder(
                row.getUUID("appointment"),
                row.getString("kind"),
                Rows.time(row, "visit_at", zone),
                told == null ? List.of() : List.of(told));
    }
}
