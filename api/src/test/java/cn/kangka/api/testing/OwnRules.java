package cn.kangka.api.testing;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;

/** Sets rules of a hospital's own, besides those that it has, without a supervisor. */
public final class OwnRules {
    private static final List<String> CHANNELS = List.of("app", "call-centre", "bank", "telecom", "web");

    private OwnRules() {}

    public static void set(Pool pool, String hospital, Map<String, Integer> values) {
        values.forEach((rule, value) -> pool.preparedQuery("insert into hospital_policy (hospital, rule, value)"
                        + " values ($1, $2, $3) on conflict (hospital, rule) do update set value = excluded.value")
                .execute(Tuple.of(hospital, rule, value))
                .await()
                .indefinitely());
    }

    /** Everything is the app's, and so many percent are kept for follow-ups and referrals. */
    public static void onlyTheApp(Pool pool, String hospital, int referralPercent) {
        CHANNELS.forEach(
                each -> set(pool, hospital, Map.of("appointment.quota-" + each, each.equals("app") ? 100 : 0)));
        reserve(pool, hospital, referralPercent);
    }

    /** So many percent are kept for follow-ups and referrals. */
    public static void reserve(Pool pool, String hospital, int percent) {
        set(pool, hospital, Map.of("appointment.referral-percent", percent));
    }
}
