package cn.kangka.api.policy;

import cn.kangka.api.account.Callers;
import cn.kangka.api.policy.HospitalPolicyStore.Own;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A hospital's own values of the rules for appointments; from when each holds, the rule says. */
@ApplicationScoped
public class HospitalPolicies {
    private static final int CHANGED = 412;

    private final Database database;
    private final Callers callers;
    private final HospitalPolicyStore store;
    private final Rules rules;
    private final Audit audit;

    HospitalPolicies(Database database, Callers callers, HospitalPolicyStore store, Rules rules, Audit audit) {
        this.database = database;
        this.callers = callers;
        this.store = store;
        this.rules = rules;
        this.audit = audit;
    }

    /** What holds at a hospital; 404 when there is none. */
    Uni<HospitalPoliciesView> read(String hospital) {
        return find(hospital).map(own -> view(hospital, own, own.version(), own.values()));
    }

    /** Completes when there is such a hospital; else fails with 404. */
    public Uni<Void> known(String hospital) {
        return find(hospital).replaceWithVoid();
    }

    /** Own values of all hospitals that have some, by hospital. */
    public Uni<Map<String, Map<Rule, Integer>>> all() {
        return store.all(database.pool());
    }

    private Uni<Own> find(String hospital) {
        return store.find(database.pool(), hospital).onItem().ifNull().failWith(Problems::notFound);
    }

    /** Sets exactly these; the region's hold for the others. 412 when somebody changed them since {@code version}. */
    Uni<HospitalPoliciesView> replace(String hospital, long version, Map<String, Integer> values) {
        Map<Rule, Integer> own = settings("values", values, rule -> true);
        String by = callers.actor();
        String kind = callers.actorKind();
        return find(hospital)
                .invoke(before -> check(rules.region(hospital, before.centre()).with(own), own))
                .call(before -> database.write(tx -> replace(tx, kind, by, hospital, version, own)))
                .map(before -> view(hospital, before, version + 1, own));
    }

    private HospitalPoliciesView view(String hospital, Own there, long version, Map<Rule, Integer> own) {
        return HospitalPoliciesView.of(hospital, version, own, rules.region(hospital, there.centre()));
    }

    private Uni<Void> replace(
            SqlConnection tx, String kind, String by, String hospital, long version, Map<Rule, Integer> own) {
        String said = own.entrySet().stream()
                .map(each -> each.getKey().id() + "=" + each.getValue())
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
                        AuditEntry.allowed(kind, by, "hospital.policies", null, hospital)
                                .because(said)));
    }

    private static void check(HospitalRules all, Map<Rule, Integer> own) {
        List<Violation> violations = RuleConflicts.of(all, own).entrySet().stream()
                .map(each -> new Violation("values." + each.getKey().id(), each.getValue()))
                .toList();
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
    }

    /**
     * Values by id as rules; 422 that names every one that is none or out of its range.
     *
     * @param meant which rules may be set here
     */
    public static Map<Rule, Integer> settings(String field, Map<String, Integer> values, Predicate<Rule> meant) {
        Map<Rule, Integer> settings = new EnumMap<>(Rule.class);
        List<Violation> violations = new ArrayList<>();
        values.forEach((id, value) -> {
            Rule rule = Rule.of(id);
            if (rule == null || !meant.test(rule)) {
                violations.add(new Violation(field + "." + id, "rule.unknown"));
            } else if (value == null || !rule.allows(value)) {
                violations.add(new Violation(field + "." + id, "range", rule.least(), rule.most()));
            } else {
                settings.put(rule, value);
            }
        });
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
        return settings;
    }
}
