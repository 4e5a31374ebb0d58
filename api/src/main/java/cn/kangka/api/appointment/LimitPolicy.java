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
import java.util.Optional;

/** All rules that limit a person's bookings, the narrowest first: the first that stops is the one that is named. */
record LimitPolicy(List<LimitRule> rules, ZoneId zone) {
    static LimitPolicy of(AppointmentConfig config, ZoneId zone) {
        return new LimitPolicy(
                List.of(
                        new DayRule("appointment.max-per-department-day", config.maxPerDepartmentDay(), true),
                        new DayRule("appointment.max-per-visit-day", config.maxPerVisitDay(), false),
                        new WindowRule(
                                "appointment.max-per-7-days", config.maxPerWeek(), Period.ofDays(config.weekDays())),
                        new WindowRule(
                                "appointment.max-per-3-months",
                                config.maxPerQuarter(),
                                Period.ofMonths(config.quarterMonths())),
                        new PauseRule(
                                "appointment.no-show-pause",
                                config.noShowMarks(),
                                config.noShowWithinDays(),
                                config.noShowPauseDays(),
                                true),
                        new PauseRule(
                                "appointment.late-cancel-pause",
                                config.lateCancelMarks(),
                                config.lateCancelWithinDays(),
                                config.lateCancelPauseDays(),
                                false)),
                zone);
    }

    /** What every rule says. */
    List<Verdict> judge(History history, Visit wanted, OffsetDateTime now) {
        return rules.stream()
                .map(rule -> rule.judge(history, wanted, now, zone))
                .toList();
    }

    /** The narrowest rule that stops the wish; empty when none does. */
    Optional<Verdict> violated(History history, Visit wanted, OffsetDateTime now) {
        return judge(history, wanted, now).stream().filter(Verdict::stops).findFirst();
    }
}
