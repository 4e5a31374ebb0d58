package cn.kangka.api.directory;

import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * When a session's units become bookable, flow back to the common pool, and can no longer be cancelled in time.
 *
 * @param horizonDays how many days before the visit a session is released, 1–28
 * @param releaseTime at what time of that day
 * @param flowBackTime when, the day before the visit, unsold quotas flow back
 * @param cancelDeadline until when, the day before the visit, a cancel is in time
 * @param zone where the hospital is
 */
record SchedulePolicy(
        int horizonDays, LocalTime releaseTime, LocalTime flowBackTime, LocalTime cancelDeadline, ZoneId zone) {
    private static final int NOON = 12;

    static SchedulePolicy of(HospitalRules rules, ZoneId zone) {
        return new SchedulePolicy(
                rules.get(Rule.HORIZON),
                rules.time(Rule.RELEASE_TIME),
                rules.time(Rule.FLOW_BACK_TIME),
                rules.time(Rule.CANCEL_DEADLINE),
                zone);
    }

    /** The hospital's wall clock at an instant. */
    OffsetDateTime local(OffsetDateTime time) {
        return time.atZoneSameInstant(zone).toOffsetDateTime();
    }

    /** The half-day of a session that starts then. */
    String half(OffsetDateTime start) {
        return local(start).getHour() < NOON ? "AM" : "PM";
    }

    OffsetDateTime releaseAt(LocalDate visit) {
        return at(visit.minusDays(horizonDays), releaseTime);
    }

    OffsetDateTime flowBackAt(LocalDate visit) {
        return at(visit.minusDays(1), flowBackTime);
    }

    OffsetDateTime cancelUntil(LocalDate visit) {
        return at(visit.minusDays(1), cancelDeadline);
    }

    private OffsetDateTime at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(zone).toOffsetDateTime();
    }
}
