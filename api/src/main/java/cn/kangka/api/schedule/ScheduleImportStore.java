package cn.kangka.api.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** Reads who a hospital has told of. */
@ApplicationScoped
class ScheduleImportStore {
    /** Names by code, and by {@code doctor/department} the codes of who works where. */
    record Known(Map<String, String> departments, Map<String, String> doctors, Map<String, String> roles) {}

    Uni<Known> known(SqlClient connection, String hospital) {
        Known known = new Known(new HashMap<>(), new HashMap<>(), new HashMap<>());
        return connection
                .preparedQuery("select 'D' as kind, code, name from department where hospital = $1 and known"
                        + " union all select 'P', code, name from practitioner where hospital = $1 and known"
                        + " union all select 'R', p.code || '/' || d.code, r.code from practitioner_role r"
                        + " join practitioner p on p.id = r.practitioner_id join department d on d.id = r.department_id"
                        + " where r.hospital = $1")
                .execute(Tuple.of(hospital))
                .map(rows -> {
                    rows.forEach(row -> {
                        switch (row.getString("kind")) {
                            case "D" -> known.departments().put(row.getString("code"), row.getString("name"));
                            case "P" -> known.doctors().put(row.getString("code"), row.getString("name"));
                            default -> known.roles().put(row.getString("code"), row.getString("name"));
                        }
                    });
                    return known;
                });
    }
}
