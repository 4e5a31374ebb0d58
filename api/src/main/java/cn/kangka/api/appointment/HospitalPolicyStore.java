package cn.kangka.api.appointment;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What hospitals have set of their own. */
@ApplicationScoped
class HospitalPolicyStore {

    /** A hospital's own values with their version. */
    record Own(long version, Map<LimitSetting, Integer> values) {}

    /** The values of an object by rule; a rule that this release does not know is passed over. */
    static Map<LimitSetting, Integer> own(JsonObject values) {
        Map<LimitSetting, Integer> own = new EnumMap<>(LimitSetting.class);
        if (values != null) {
            values.forEach(each -> {
                LimitSetting setting = LimitSetting.of(each.getKey());
                if (setting != null) {
                    own.put(setting, ((Number) each.getValue()).intValue());
                }
            });
        }
        return own;
    }

    /** Null when there is no such hospital. */
    Uni<Own> find(SqlClient connection, String hospital) {
        return connection
                .preparedQuery("select policy_version, hospital_policies(id) as policies from hospital"
                        + " where id = $1 and known")
                .execute(Tuple.of(hospital))
                .map(rows -> Rows.first(
                        rows, row -> new Own(row.getLong("policy_version"), own(row.getJsonObject("policies")))));
    }

    /** Own values of all hospitals that have some. */
    Uni<Map<String, Map<LimitSetting, Integer>>> all(SqlClient connection) {
        return connection
                .preparedQuery("select hospital, jsonb_object_agg(rule, value) as policies from hospital_policy"
                        + " group by hospital")
                .execute()
                .map(rows -> {
                    Map<String, Map<LimitSetting, Integer>> all = new HashMap<>();
                    rows.forEach(row -> all.put(row.getString("hospital"), own(row.getJsonObject("policies"))));
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
    Uni<Void> replace(SqlConnection tx, String hospital, Map<LimitSetting, Integer> values) {
        List<LimitSetting> settings = List.copyOf(values.keySet());
        return tx.preparedQuery("delete from hospital_policy where hospital = $1")
                .execute(Tuple.of(hospital))
                .chain(() -> tx.preparedQuery("insert into hospital_policy (hospital, rule, value)"
                                + " select $1, u.rule, u.value from unnest($2::text[], $3::int[]) u(rule, value)")
                        .execute(Tuple.of(
                                hospital,
                                settings.stream().map(LimitSetting::rule).toArray(String[]::new),
                                settings.stream().map(values::get).toArray(Integer[]::new))))
                .replaceWithVoid();
    }
}
