package cn.kangka.api.policy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What hospitals have set of their own. */
@ApplicationScoped
class HospitalPolicyStore {
    private static final String OWN = """
            select policy_version, kind = 'CENTRE' as centre, hospital_policies(id) as policies from hospital where id = $1
            """;

    /** A hospital's own values with their version. */
    record Own(long version, boolean centre, Map<Rule, Integer> values) {}

    /** Null when there is no such hospital, or nobody has described it yet. */
    Uni<Own> find(SqlClient connection, String hospital) {
        return connection
                .preparedQuery(OWN + "and known")
                .execute(Tuple.of(hospital))
                .map(HospitalPolicyStore::first);
    }

    /** Also of a hospital that nobody has described yet. */
    Uni<Own> own(SqlClient connection, String hospital) {
        return connection.preparedQuery(OWN).execute(Tuple.of(hospital)).map(HospitalPolicyStore::first);
    }

    private static Own first(RowSet<Row> rows) {
        if (!rows.iterator().hasNext()) {
            return null;
        }
        Row row = rows.iterator().next();
        return new Own(
                row.getLong("policy_version"), row.getBoolean("centre"), Rules.own(row.getJsonObject("policies")));
    }

    /** Own values of all hospitals that have some. */
    Uni<Map<String, Map<Rule, Integer>>> all(SqlClient connection) {
        return connection
                .preparedQuery("select hospital, jsonb_object_agg(rule, value) as policies from hospital_policy"
                        + " group by hospital")
                .execute()
                .map(rows -> {
                    Map<String, Map<Rule, Integer>> all = new HashMap<>();
                    rows.forEach(row -> all.put(row.getString("hospital"), Rules.own(row.getJsonObject("policies"))));
                    return all;
                });
    }

    /** Takes the next version; false when the given one is no longer the last. */
    Uni<Boolean> renew(SqlConnection tx, String hospital, long version) {
        return tx.preparedQuery(
                        "update hospital set policy_version = policy_version + 1 where id = $1 and policy_version = $2")
                .execute(Tuple.of(hospital, version))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Sets exactly these. */
    Uni<Void> replace(SqlConnection tx, String hospital, Map<Rule, Integer> values) {
        List<Rule> rules = List.copyOf(values.keySet());
        return tx.preparedQuery("delete from hospital_policy where hospital = $1")
                .execute(Tuple.of(hospital))
                .chain(() -> tx.preparedQuery("insert into hospital_policy (hospital, rule, value)"
                                + " select $1, u.rule, u.value from unnest($2::text[], $3::int[]) u(rule, value)")
                        .execute(Tuple.of(
                                hospital,
                                rules.stream().map(Rule::id).toArray(String[]::new),
                                rules.stream().map(values::get).toArray(Integer[]::new))))
                .replaceWithVoid();
    }
}
