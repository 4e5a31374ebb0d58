package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.Verdict;
import cn.kangka.api.appointment.LimitRule.Visit;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.function.ToIntFunction;

/** What the rules that count visits have in common: the next visit day that they allow. */
final class VisitCounts {
    private VisitCounts() {}

    static Verdict verdict(
            String rule, int limit, Integer window, Visit wanted, ZoneId zone, ToIntFunction<Visit> count) {
        int now = count.applyAsInt(wanted);
        boolean stops = now >= limit;
        return new Verdict(rule, now, limit, window, stops, stops ? lifts(limit, wanted, zone, count) : null, false);
    }

    private static OffsetDateTime lifts(int limit, Visit wanted, ZoneId zone, ToIntFunction<Visit> count) {
        for (int days = 1; days <= LimitRule.HORIZON; days++) {
            LocalDate day = wanted.date().plusDays(days);
            if (count.applyAsInt(wanted.on(day)) < limit) {
                return day.atStartOfDay(zone).toOffsetDateTime();
            }
        }
        return null;
    }
}
