package cn.kangka.api.appointment;

import static cn.kangka.api.policy.RegionRules.hours;
import static cn.kangka.api.policy.RegionRules.minutes;
import static cn.kangka.api.policy.RegionRules.time;

import cn.kangka.api.policy.RegionRules;
import cn.kangka.api.policy.Rule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The region's limits, holds, appeals and waiting lists. */
@ApplicationScoped
class RegionBookingRules implements RegionRules {
    private final AppointmentConfig config;

    RegionBookingRules(AppointmentConfig config) {
        this.config = config;
    }

    @Override
    public Map<Rule, Integer> values() {
        return of(config);
    }

    static Map<Rule, Integer> of(AppointmentConfig config) {
        return Map.ofEntries(
                Map.entry(Rule.PER_DEPARTMENT_DAY, config.maxPerDepartmentDay()),
                Map.entry(Rule.PER_VISIT_DAY, config.maxPerVisitDay()),
                Map.entry(Rule.PER_WEEK, config.maxPerWeek()),
                Map.entry(Rule.WEEK_DAYS, config.weekDays()),
                Map.entry(Rule.PER_QUARTER, config.maxPerQuarter()),
                Map.entry(Rule.QUARTER_MONTHS, config.quarterMonths()),
                Map.entry(Rule.NO_SHOW_MARKS, config.noShowMarks()),
                Map.entry(Rule.NO_SHOW_WITHIN, config.noShowWithinDays()),
                Map.entry(Rule.NO_SHOW_PAUSE, config.noShowPauseDays()),
                Map.entry(Rule.LATE_CANCEL_MARKS, config.lateCancelMarks()),
                Map.entry(Rule.LATE_CANCEL_WITHIN, config.lateCancelWithinDays()),
                Map.entry(Rule.LATE_CANCEL_PAUSE, config.lateCancelPauseDays()),
                Map.entry(Rule.ADULT_AGE, config.adultAge()),
                Map.entry(Rule.HOLD, minutes(config.hold())),
                Map.entry(Rule.APPEAL_DAYS, config.appealDays()),
                Map.entry(Rule.WAITING_OPENS, time(config.waitingOpens())),
                Map.entry(Rule.WAITING_CLOSES, time(config.waitingCloses())),
                Map.entry(Rule.WAITING_OFFER, minutes(config.waitingOffer())),
                Map.entry(Rule.WAITING_SHORT_NOTICE, hours(config.waitingShortNotice())),
                Map.entry(Rule.WAITING_LISTS, config.waitingPerPerson()));
    }
}
