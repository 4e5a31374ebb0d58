package cn.kangka.api.appointment;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Finds the booking that a reported visit belongs to, and notes the visit. */
@ApplicationScoped
class VisitStore {
    private static final String MATCH = """
            select a.id from appointment a
            where a.person = (select i.person from identity i where i.id = $1)
              and a.hospital = $2 and a.visit_date = $3
              and (a.status in ('BOOKED', 'CHECKED_IN') or a.status = 'MISSED' and not exists (
                  select 1 from appointment o where o.person = a.person and o.session_id = a.session_id
                      and o.status in ('BOOKED', 'CHECKED_IN')))
            order by
                (a.status = 'MISSED' and exists (
                    select 1 from clinic_session e where e.id = a.session_id and e.status = 'STOPPED')),
                ($5::text is not null and not exists (select 1 from department d
                    where d.id = a.department_id and (d.code = $5 or d.name = $5))),
                abs(extract(epoch from a.start_at - $4)), a.id
            limit 1
            """;
    private static final String NOTE = """
            update appointment set status = $2,
                checked_in_at = case when $2 = 'BOOKED' then null else coalesce(checked_in_at, $3) end, missed_at = null
            where id = $1
            """;

    private static final String REPORTED = """
            update appointment set arrival_reported_at = $2 where id = $1 and arrival_reported_at is null
            """;

    /** The booking of that person at that hospital on that day, nearest in department and time; null when none. */
    Uni<UUID> match(
            SqlConnection tx, UUID identity, String source, LocalDate date, OffsetDateTime at, String department) {
        return tx.preparedQuery(MATCH)
                .execute(Tuple.of(identity, source, date, at, department))
                .map(rows -> Rows.first(rows, row -> row.getUUID("id")));
    }

    /** The hospital itself said that the person is there: so it reports arrivals. */
    Uni<Void> reported(SqlConnection tx, UUID appointment, OffsetDateTime at) {
        return tx.preparedQuery(REPORTED).execute(Tuple.of(appointment, at)).replaceWithVoid();
    }

    /** The caller has asked {@link Appointment#after} which status it is: nobody is checked in to one session twice. */
    Uni<Void> note(SqlConnection tx, UUID appointment, AppointmentStatus status, OffsetDateTime at) {
        return tx.preparedQuery(NOTE)
                .execute(Tuple.of(appointment, status.name(), at))
                .replaceWithVoid();
    }
}
