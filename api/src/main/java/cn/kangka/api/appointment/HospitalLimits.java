package cn.kangka.api.appointment;

import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules of every hospital: the region's, and over them the hospital's own.
 *
 * @param own by hospital id
 */
record HospitalLimits(HospitalRules region, Map<String, Map<Rule, Integer>> own, ZoneId zone) {

    /** The same with these settings of one hospital besides those it has. */
    HospitalLimits with(String hospital, Map<Rule, Integer> settings) {
        Map<String, Map<Rule, Integer>> changed = new HashMap<>(own);
        Map<Rule, Integer> all = new HashMap<>(own.getOrDefault(hospital, Map.of()));
        all.putAll(settings);
        changed.put(hospital, all);
        return new HospitalLimits(region, changed, zone);
    }

    HospitalRules of(String hospital) {
        return region.with(own.getOrDefault(hospital, Map.of()));
    }

    PolicyReplay replay(OffsetDateTime from, OffsetDateTime to) {
        Map<String, LimitPolicy> policies = new ConcurrentHashMap<>();
        return new PolicyReplay(
                hospital -> policies.computeIfAbsent(hospital, id -> LimitPolicy.of(of(id), zone)),
                hospital -> policies.computeIfAbsent(hospital, id -> LimitPolicy.of(of(id), zone))
                        .settings()
                        .get(Rule.ADULT_AGE),
                from,
                to);
    }
}
