package cn.kangka.api.appointment;

import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import cn.kangka.kit.problem.Problems.Violation;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A hospital's own values of the rules for bookings; they hold from the next booking on. */
@ApplicationScoped
public class HospitalPolicies {
    private static final int CHANGED = 412;

    private final Database database;
    private final Actors actors;
    private final HospitalPolicyStore store;
    private final Audit audit;
    private final AppointmentConfig config;

    HospitalPolicies(
            Database database, Actors actors, HospitalPolicyStore store, Audit audit, AppointmentConfig config) {
        this.database = database;
        this.actors = actors;
        this.store = store;
        this.audit = audit;
        this.config = config;
    }

    /** What holds at a hospital; 404 when there is none. */
    Uni<HospitalPoliciesView> read(String hospital) {
        return store.find(database.pool(), hospital)
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .map(own -> HospitalPoliciesView.of(hospital, own.version(), own.values(), config));
    }

    /** Sets exactly these; the region's hold for the others. 412 when somebody changed them since {@code version}. */
    Uni<HospitalPoliciesView> replace(String hospital, long version, Map<String, Integer> values) {
        Map<LimitSetting, Integer> own = settings("values", values);
        return read(hospital)
                .chain(actors::writer)
                .chain(actor -> database.write(tx -> replace(tx, actor, hospital, version, own)))
                .map(renewed -> HospitalPoliciesView.of(hospital, version + 1, own, config));
    }

    private Uni<Void> replace(
            SqlConnection tx, Actor actor, String hospital, long version, Map<LimitSetting, Integer> own) {
        String said = own.entrySet().stream()
                .map(each -> each.getKey().rule() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
        return store.renew(tx, hospital, version)
                .invoke(renewed -> {
                    if (!renewed) {
                        throw Problems.of(CHANGED, "changed-meanwhile");
                    }
                })
                .chain(() -> store.replace(tx, hospital, own))
                .chain(() -> audit.record(
                        tx,
                        AuditEntry.allowed(actor.kind(), actor.id(), "hospital.policies", null, hospital)
                                .because(said)));
    }

    /** Values by rule as settings; 422 that names every one that is none or out of its range. */
    static Map<LimitSetting, Integer> settings(String field, Map<String, Integer> values) {
        Map<LimitSetting, Integer> settings = new EnumMap<>(LimitSetting.class);
        List<Violation> violations = new ArrayList<>();
        values.forEach((rule, value) -> {
            LimitSetting setting = LimitSetting.of(rule);
            if (setting == null) {
                violations.add(new Violation(field + "." + rule, "rule.unknown"));
            } else if (value == null || !setting.allows(value)) {
                violations.add(new Violation(field + "." + rule, "range", setting.least(), setting.most()));
            } else {
                settings.put(setting, value);
            }
        });
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
        return settings;
    }
}
