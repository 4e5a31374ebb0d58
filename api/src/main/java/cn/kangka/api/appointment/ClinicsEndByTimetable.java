package cn.kangka.api.appointment;

import cn.kangka.api.directory.Channel;
import cn.kangka.api.directory.ClinicsEnd;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;

/** A session that the hospital's own timetable says does not take place is stopped like any other: nobody stays booked in it. */
@ApplicationScoped
class ClinicsEndByTimetable implements ClinicsEnd {
    private static final String REASON = "医院排班停用";
    private static final String OPEN = """
            select department_id, practitioner_id, visit_date, half from clinic_session
            where hospital = $1 and code = any($2) and status = 'OPEN' order by id
            """;

    private final ClinicStops stops;

    ClinicsEndByTimetable(ClinicStops stops) {
        this.stops = stops;
    }

    @Override
    public Uni<Void> end(SqlConnection tx, String hospital, List<String> sessions) {
        if (sessions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Actor actor = new Actor("HOSPITAL", hospital, Channel.CALL_CENTRE, null, null);
        return tx.preparedQuery(OPEN)
                .execute(Tuple.of(hospital, sessions.toArray(String[]::new)))
                .map(rows -> Rows.all(rows, row -> only(hospital, row)))
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(each -> stops.stop(tx, actor, each))
                .onItem()
                .ignoreAsUni();
    }

    /** A stop of just this session: a doctor has one in a department's half-day. */
    private static StopRequest only(String hospital, Row row) {
        LocalDate day = row.getLocalDate("visit_date");
        return new StopRequest(
                hospital,
                row.getUUID("department_id"),
                row.getUUID("practitioner_id"),
                day,
                day,
                row.getString("half"),
                REASON);
    }
}
