package cn.kangka.api.appointment;

import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * When waiting lists are open and cleared, and how long offers last.
 *
 * @param opens from when each day people may enter
 * @param closes until when; the lists of the next day's visits are cleared then
 * @param offerFor how long an offer lasts at short notice
 * @param shortNotice how long before the visit that begins
 */
record WaitingPolicy(LocalTime opens, LocalTime closes, Duration offerFor, Duration shortNotice, ZoneId zone) {
    static WaitingPolicy of(HospitalRules rules, ZoneId zone) {
        return new WaitingPolicy(
                rules.time(Rule.WAITING_OPENS),
                rules.time(Rule.WAITING_CLOSES),
                rules.duration(Rule.WAITING_OFFER),
                rules.duration(Rule.WAITING_SHORT_NOTICE),
                zone);
    }

    /** When the list of a visit day is cleared. */
    OffsetDateTime clearsAt(LocalDate visit) {
        return visit.minusDays(1).atTime(closes).atZone(zone).toOffsetDateTime();
    }

    /** Whether somebody may enter the list of a visit day now. */
    boolean open(LocalDate visit, OffsetDateTime now) {
        LocalTime time = now.atZoneSameInstant(zone).toLocalTime();
        return !time.isBefore(opens) && time.isBefore(closes) && now.isBefore(clearsAt(visit));
    }

    /** When somebody may enter next; null when the list of that day is closed for good. */
    OffsetDateTime opensAt(LocalDate visit, OffsetDateTime now) {
        LocalDate today = now.atZoneSameInstant(zone).toLocalDate();
        LocalTime time = now.atZoneSameInstant(zone).toLocalTime();
        LocalDate day = time.isBefore(opens) ? today : today.plusDays(1);
        OffsetDateTime next = day.atTime(opens).atZone(zone).toOffsetDateTime();
        return next.isBefore(clearsAt(visit)) ? next : null;
    }
}
