package cn.kangka.api.policy;

import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What holds where: the region's values and over them a hospital's own. Who reads a hospital's row anyway takes its own values along
 * ({@code hospital_policies(id)} in SQL), so that a rule costs no statement.
 */
@ApplicationScoped
@Startup
public class Rules {
    private final HospitalPolicyStore store;
    private final HospitalRules region;
    private final HospitalRules centres;
    private final Map<String, Map<Rule, Integer>> hospitals = new HashMap<>();

    /** Fails, and with it the start, when a rule has no value in the region or one that is out of its range. */
    Rules(@All List<RegionRules> features, HospitalPolicyStore store) {
        this.store = store;
        Map<Rule, Integer> values = new EnumMap<>(Rule.class);
        Map<Rule, Integer> ofCentres = new EnumMap<>(Rule.class);
        features.forEach(feature -> {
            values.putAll(feature.values());
            ofCentres.putAll(feature.ofCentres());
            feature.ofHospitals().forEach((hospital, own) -> hospitals
                    .computeIfAbsent(hospital, ignored -> new EnumMap<>(Rule.class))
                    .putAll(own));
        });
        this.region = checked(new HospitalRules(values));
        this.centres = checked(region.with(ofCentres));
        hospitals.values().forEach(own -> checked(region.with(own)));
    }

    private static HospitalRules checked(HospitalRules region) {
        Stream.of(Rule.values()).forEach(rule -> {
            Integer value = region.values().get(rule);
            if (value == null || !rule.allows(value)) {
                throw new IllegalStateException("%s is %s in the region's settings; it must be from %d to %d"
                        .formatted(rule.id(), value, rule.least(), rule.most()));
            }
        });
        return region;
    }

    public HospitalRules region() {
        return region;
    }

    /** What the region says of a hospital, under its own values. */
    HospitalRules region(String hospital, boolean centre) {
        return (centre ? centres : region).with(hospitals.getOrDefault(hospital, Map.of()));
    }

    /** Those of a hospital with these values of its own. */
    public HospitalRules at(Map<Rule, Integer> own) {
        return region.with(own);
    }

    /** The same for a row that has them as an object by id; null for none. */
    public HospitalRules at(@Nullable JsonObject own) {
        return at(own(own));
    }

    /** The same where it matters which hospital it is, such as for what is published. */
    public HospitalRules at(String hospital, boolean centre, @Nullable JsonObject own) {
        return region(hospital, centre).with(own(own));
    }

    /** Those of a hospital; fails when there is none. */
    public Uni<HospitalRules> of(SqlClient connection, String hospital) {
        return store.own(connection, hospital)
                .map(own -> region(hospital, own.centre()).with(own.values()));
    }

    /** The values of an object by id; a rule that this release does not know is passed over. */
    public static Map<Rule, Integer> own(@Nullable JsonObject values) {
        Map<Rule, Integer> own = new EnumMap<>(Rule.class);
        if (values != null) {
            values.forEach(each -> {
                Rule rule = Rule.of(each.getKey());
                if (rule != null) {
                    own.put(rule, ((Number) each.getValue()).intValue());
                }
            });
        }
        return own;
    }
}
