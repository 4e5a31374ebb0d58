package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.DayRule;
import cn.kangka.api.appointment.LimitRule.History;
import cn.kangka.api.appointment.LimitRule.PauseRule;
import cn.kangka.api.appointment.LimitRule.Verdict;
import cn.kangka.api.appointment.LimitRule.Visit;
import cn.kangka.api.appointment.LimitRule.WindowRule;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All rules that limit a person's bookings, the narrowest first: the first that stops is the one that is named.
 *
 * @param settings of the region; a history may carry some of a hospital's own
 */
record LimitPolicy(HospitalRules settings, List<LimitRule> rules, ZoneId zone) {
    static LimitPolicy of(HospitalRules settings, ZoneId zone) {
        return new LimitPolicy(settings, rules(settings), zone);
    }

    private static List<LimitRule> rules(HospitalRules settings) {
        return List.of(
                new DayRule("appointment.max-per-department-day", settings.get(Rule.PER_DEPARTMENT_DAY), true),
                new DayRule("appointment.max-per-visit-day", settings.get(Rule.PER_VISIT_DAY), false),
                new WindowRule(
                        "appointment.max-per-7-days",
                        settings.get(Rule.PER_WEEK),
                        Period.ofDays(settings.get(Rule.WEEK_DAYS))),
                new WindowRule(
                        "appointment.max-per-3-months",
                        settings.get(Rule.PER_QUARTER),
                        Period.ofMonths(settings.get(Rule.QUARTER_MONTHS))),
                new PauseRule(
                        "appointment.no-show-pause",
                        settings.get(Rule.NO_SHOW_MARKS),
                        settings.get(Rule.NO_SHOW_WITHIN),
                        settings.get(Rule.NO_SHOW_PAUSE),
                        true),
                new PauseRule(
                        "appointment.late-cancel-pause",
                        settings.get(Rule.LATE_CANCEL_MARKS),
                        settings.get(Rule.LATE_CANCEL_WITHIN),
                        settings.get(Rule.LATE_CANCEL_PAUSE),
                        false));
    }

    /** The same with some settings of a hospital's own. */
    LimitPolicy with(Map<Rule, Integer> own) {
        return own.isEmpty() ? this : of(settings.with(own), zone);
    }

    /** What every rule says. */
    List<Verdict> judge(History history, Visit wanted, OffsetDateTime now) {
        return with(history.own()).rules().stream()
                .map(rule -> rule.judge(history, wanted, now, zone))
                .toList();
    }

    /** The narrowest rule that stops the wish; empty when none does. */
    Optional<Verdict> violated(History history, Visit wanted, OffsetDateTime now) {
        return judge(history, wanted, now).stream().filter(Verdict::stops).findFirst();
    }
}
