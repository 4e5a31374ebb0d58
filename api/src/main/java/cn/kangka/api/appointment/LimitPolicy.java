package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.DayRule;
import cn.kangka.api.appointment.LimitRule.History;
import cn.kangka.api.appointment.LimitRule.PauseRule;
import cn.kangka.api.appointment.LimitRule.Verdict;
import cn.kangka.api.appointment.LimitRule.Visit;
import cn.kangka.api.appointment.LimitRule.WindowRule;
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
record LimitPolicy(LimitSettings settings, List<LimitRule> rules, ZoneId zone) {
    static LimitPolicy of(AppointmentConfig config, ZoneId zone) {
        return of(LimitSettings.of(config), zone);
    }

    static LimitPolicy of(LimitSettings settings, ZoneId zone) {
        return new LimitPolicy(settings, rules(settings), zone);
    }

    private static List<LimitRule> rules(LimitSettings settings) {
        return List.of(
                new DayRule("appointment.max-per-department-day", settings.get(LimitSetting.PER_DEPARTMENT_DAY), true),
                new DayRule("appointment.max-per-visit-day", settings.get(LimitSetting.PER_VISIT_DAY), false),
                new WindowRule(
                        "appointment.max-per-7-days",
                        settings.get(LimitSetting.PER_WEEK),
                        Period.ofDays(settings.get(LimitSetting.WEEK_DAYS))),
                new WindowRule(
                        "appointment.max-per-3-months",
                        settings.get(LimitSetting.PER_QUARTER),
                        Period.ofMonths(settings.get(LimitSetting.QUARTER_MONTHS))),
                new PauseRule(
                        "appointment.no-show-pause",
                        settings.get(LimitSetting.NO_SHOW_MARKS),
                        settings.get(LimitSetting.NO_SHOW_WITHIN),
                        settings.get(LimitSetting.NO_SHOW_PAUSE),
                        true),
                new PauseRule(
                        "appointment.late-cancel-pause",
                        settings.get(LimitSetting.LATE_CANCEL_MARKS),
                        settings.get(LimitSetting.LATE_CANCEL_WITHIN),
                        settings.get(LimitSetting.LATE_CANCEL_PAUSE),
                        false));
    }

    /** The same with some settings of a hospital's own. */
    LimitPolicy with(Map<LimitSetting, Integer> own) {
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
