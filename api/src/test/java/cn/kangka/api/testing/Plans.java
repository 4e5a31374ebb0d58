package cn.kangka.api.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * How PostgreSQL would answer a statement in a large region, on a connection as the services have it (adr/0014: no scan where
 * there is an index): a directory and a schedule of thousands are there for as long as the plan is made, and never committed.
 */
public final class Plans {
    private static final List<String> REGION = List.of(
            "insert into api.hospital (id, name, kind, known) select 'PLAN' || i, '规划医院' || i, 'HOSPITAL', true"
                    + " from generate_series(1, 50) i",
            "insert into api.department (id, hospital, code, name, known, standard_code, initials)"
                    + " select gen_random_uuid(), 'PLAN' || (i % 50 + 1), 'D' || i, chr(20000 + i % 5000)"
                    + " || chr(21000 + i % 4999) || '科', true, (10 + i % 80)::text, 'XK' from generate_series(1, 4000) i",
            "insert into api.practitioner (id, hospital, code, name, known, initials) select gen_random_uuid(),"
                    + " 'PLAN' || (i % 50 + 1), 'P' || i, chr(20000 + i % 5000) || chr(22000 + i % 4999), true, 'XX'"
                    + " from generate_series(1, 8000) i",
            "insert into api.practitioner_role (id, hospital, code, practitioner_id, department_id, specialty)"
                    + " select gen_random_uuid(), p.hospital, p.code || '/R', p.id, (select d.id from api.department d"
                    + " where d.hospital = p.hospital and d.code = 'D' || (substr(p.code, 2)::int % 4000)), '慢性病'"
                    + " || chr(23000 + (substr(p.code, 2)::int) % 4999) from api.practitioner p"
                    + " where p.hospital like 'PLAN%'",
            "insert into api.clinic_session (id, hospital, code, role_id, department_id, practitioner_id, visit_date, half)"
                    + " select gen_random_uuid(), r.hospital, r.code || i, r.id, r.department_id, r.practitioner_id,"
                    + " current_date + i, 'AM' from api.practitioner_role r, generate_series(1, 3) i"
                    + " where r.hospital like 'PLAN%'",
            "insert into api.slot (id, hospital, code, session_id, department_id, practitioner_id, start_at, end_at,"
                    + " capacity) select gen_random_uuid(), e.hospital, e.code, e.id, e.department_id, e.practitioner_id,"
                    + " e.visit_date + time '08:30', e.visit_date + time '09:00', 3 from api.clinic_session e"
                    + " where e.hospital like 'PLAN%'",
            "analyze api.hospital, api.department, api.practitioner, api.practitioner_role, api.clinic_session, api.slot");

    private Plans() {}

    /** The plan, with the parameters $1, $2 … as these literals. */
    public static String explain(String url, String password, String sql, List<String> literals) throws SQLException {
        String whole = sql;
        for (int number = literals.size(); number > 0; number--) {
            whole = whole.replace("$" + number, literals.get(number - 1));
        }
        try (Connection connection = DriverManager.getConnection(url, "api", password);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local search_path = api");
            // So that a plan sorts, or reads a whole table, only where no index spares it: other tests' rows are few.
            statement.execute("set local enable_seqscan = off");
            statement.execute("set local enable_sort = off");
            for (String each : REGION) {
                statement.execute(each);
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery("explain " + whole)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            connection.rollback();
            return plan.toString();
        }
    }
}
