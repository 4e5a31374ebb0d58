package cn.kangka.api.appointment;

import cn.kangka.api.directory.Channel;
import cn.kangka.api.directory.ClinicsEnd;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sessions that the hospital's own timetable says do not take place are stopped like any other: nobody stays booked in them.
 * Supervisors see one stop for each doctor.
 */
@ApplicationScoped
class ClinicsEndByTimetable implements ClinicsEnd {
    private static final String REASON = "医院排班停用";
    /** Those that are over stay what they were, however often a timetable says so. */
    private static final String OPEN = """
            select id, department_id, practitioner_id, visit_date, half from clinic_session e
            where hospital = $1 and code = any($2) and status = 'OPEN' and department_id is not null
                and practitioner_id is not null and exists (select 1 from slot s where s.session_id = e.id and s.end_at > $3)
            order by id
            """;
    /** Nobody can have booked where nobody is known to work, and nobody is to when it becomes known. */
    private static final String OF_NOBODY = """
            update clinic_session set status = 'STOPPED' where hospital = $1 and code = any($2) and status = 'OPEN'
                and (department_id is null or practitioner_id is null)
            """;

    private final ClinicStops stops;
    private final Clock clock;

    ClinicsEndByTimetable(ClinicStops stops, Clock clock) {
        this.stops = stops;
        this.clock = clock;
    }

    private record Ended(UUID id, UUID department, UUID doctor, LocalDate day, String half) {
        static Ended of(Row row) {
            return new Ended(
                    row.getUUID("id"),
                    row.getUUID("department_id"),
                    row.getUUID("practitioner_id"),
                    row.getLocalDate("visit_date"),
                    row.getString("half"));
        }

        List<UUID> whose() {
            return List.of(department, doctor);
        }
    }

    @Override
    public Uni<Void> end(SqlConnection tx, String hospital, List<String> sessions) {
        if (sessions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Actor actor = new Actor("HOSPITAL", hospital, Channel.CALL_CENTRE, null, null);
        String[] codes = sessions.toArray(String[]::new);
        return tx.preparedQuery(OF_NOBODY)
                .execute(Tuple.of(hospital, codes))
                .chain(() -> tx.preparedQuery(OPEN).execute(Tuple.of(hospital, codes, OffsetDateTime.now(clock))))
                .map(rows -> described(hospital, Rows.all(rows, Ended::of)))
                .chain(each -> stops.stop(tx, actor, each));
    }

    /** What is stopped, with the words for it. */
    private static Map<StopRequest, List<UUID>> described(String hospital, List<Ended> sessions) {
        Map<StopRequest, List<UUID>> stops = new LinkedHashMap<>();
        sessions.stream()
                .collect(Collectors.groupingBy(Ended::whose, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(each -> stops.put(
                        described(hospital, each.get(0), each),
                        each.stream().map(Ended::id).toList()));
        return stops;
    }

    private static StopRequest described(String hospital, Ended one, List<Ended> sessions) {
        List<LocalDate> days = sessions.stream().map(Ended::day).sorted().toList();
        boolean same = sessions.stream().allMatch(each -> each.half().equals(one.half()));
        return new StopRequest(
                hospital,
                one.department(),
                one.doctor(),
                days.get(0),
                days.get(days.size() - 1),
                same ? one.half() : null,
                REASON);
    }
}
