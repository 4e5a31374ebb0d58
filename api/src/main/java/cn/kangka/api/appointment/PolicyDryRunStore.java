package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.Visit;
import cn.kangka.api.appointment.PolicyReplay.Booked;
import cn.kangka.api.appointment.PolicyReplay.Booker;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Reads what people booked, person after person. */
@ApplicationScoped
class PolicyDryRunStore {
    /** When a booking of each kind no longer counted; a stop tells when by itself. */
    private static final String PEOPLE = """
            select p.person, o.birth_date, never_paused(p.person), b.*
            from (select distinct x.person from appointment x
                where x.person > $3 and x.booked_at >= $1 and x.booked_at < $2 and not x.exempt
                order by x.person limit $4) p
            left join person o on o.id = p.person
            cross join lateral (
                select array_agg(a.hospital order by a.booked_at, a.id) as hospitals,
                    array_agg(a.visit_date order by a.booked_at, a.id) as days,
                    array_agg(a.department_id order by a.booked_at, a.id) as departments,
                    array_agg(a.booked_at order by a.booked_at, a.id) as booked,
                    array_agg(case a.status when 'CANCELLED' then coalesce(a.cancelled_at, a.booked_at)
                        when 'REFUSED' then coalesce(a.answered_at, a.booked_at)
                        when 'STOPPED' then coalesce(c.at, a.booked_at) end order by a.booked_at, a.id) as ended,
                    array_agg(case when a.status = 'MISSED' and a.mark_erased_at is null then a.missed_at end
                        order by a.booked_at, a.id) as missed,
                    array_agg(case when a.late_cancel and a.mark_erased_at is null then a.cancelled_at end
                        order by a.booked_at, a.id) as late
                from appointment a
                left join stopped_booking s on s.appointment = a.id left join clinic_stop c on c.id = s.stop_id
                where a.person = p.person and a.booked_at < $2 and a.visit_date >= $5 and not a.exempt) b
            order by p.person
            """;

    /** Some people, the last of whom is {@code last}; null when there were none. */
    record Some(List<Booker> people, UUID last) {}

    /** The next people who booked in a period, with everything that may count against them. */
    Uni<Some> next(SqlClient connection, OffsetDateTime from, OffsetDateTime to, UUID after, int limit) {
        LocalDate since = from.toLocalDate().minusDays(LimitRule.LOOK_BACK);
        return connection
                .preparedQuery(PEOPLE)
                .execute(Tuple.of(from, to, after, limit, since))
                .map(rows -> {
                    UUID last = null;
                    for (Row row : rows) {
                        last = row.getUUID("person");
                    }
                    return new Some(Rows.all(rows, PolicyDryRunStore::booker), last);
                });
    }

    private static Booker booker(Row row) {
        String[] hospitals = row.getArrayOfStrings("hospitals");
        LocalDate[] days = row.getArrayOfLocalDates("days");
        UUID[] departments = row.getArrayOfUUIDs("departments");
        OffsetDateTime[] booked = row.getArrayOfOffsetDateTimes("booked");
        OffsetDateTime[] ended = row.getArrayOfOffsetDateTimes("ended");
        OffsetDateTime[] missed = row.getArrayOfOffsetDateTimes("missed");
        OffsetDateTime[] late = row.getArrayOfOffsetDateTimes("late");
        return new Booker(
                row.getLocalDate("birth_date"),
                row.getBoolean("never_paused"),
                IntStream.range(0, days.length)
                        .mapToObj(i -> new Booked(
                                hospitals[i],
                                new Visit(days[i], departments[i]),
                                booked[i],
                                ended[i],
                                missed[i],
                                late[i]))
                        .toList());
    }
}
