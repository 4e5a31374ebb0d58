package cn.kangka.api.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads who a hospital has told of. */
@ApplicationScoped
class ScheduleImportStore {
    /** Names by code, and the codes of who works where. */
    record Known(Map<String, String> departments, Map<String, String> doctors, Set<String> roles) {}

    Uni<Known> known(SqlClient connection, String hospital) {
        Known known = new Known(new HashMap<>(), new HashMap<>(), new HashSet<>());
        return connection
                .preparedQuery("select 'D' as kind, code, name from department where hospital = $1 and known"
                        + " union all select 'P', code, name from practitioner where hospital = $1 and known"
                        + " union all select 'R', code, '' from practitioner_role where hospital = $1"
                        + " and practitioner_id is not null and department_id is not null")
                .execute(Tuple.of(hospital))
                .map(rows -> {
                    rows.forEach(row -> {
                        switch (row.getString("kind")) {
                            case "D" -> known.departments().put(row.getString("code"), row.getString("name"));
                            case "P" -> known.doctors().put(row.getString("code"), row.getString("name"));
                            default -> known.roles().add(row.getString("code"));
                        }
                    });
                    return known;
                });
    }
}
