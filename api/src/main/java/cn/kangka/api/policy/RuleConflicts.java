package cn.kangka.api.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Values that are good one by one, but not together. */
final class RuleConflicts {
    /** In the order of the channels: app, call centre, bank, telecom, web. */
    static final List<Rule> QUOTAS =
            List.of(Rule.QUOTA_APP, Rule.QUOTA_CALL_CENTRE, Rule.QUOTA_BANK, Rule.QUOTA_TELECOM, Rule.QUOTA_WEB);

    private static final int ALL = 100;

    private RuleConflicts() {}

    /**
     * What is wrong, by rule, as the key of a message; only what the hospital set itself is held against it.
     *
     * @param all what would hold
     * @param own of these, what the hospital wants otherwise than the region
     */
    static Map<Rule, String> of(HospitalRules all, Map<Rule, Integer> own) {
        Map<Rule, String> wrong = new EnumMap<>(Rule.class);
        if (QUOTAS.stream().mapToInt(all::get).sum() != ALL) {
            QUOTAS.stream().filter(own::containsKey).forEach(rule -> wrong.put(rule, "rule.quotas"));
        }
        if (all.get(Rule.WAITING_OPENS) >= all.get(Rule.WAITING_CLOSES)) {
            List.of(Rule.WAITING_OPENS, Rule.WAITING_CLOSES).stream()
                    .filter(own::containsKey)
                    .forEach(rule -> wrong.put(rule, "rule.waiting-hours"));
        }
        return wrong;
    }
}
