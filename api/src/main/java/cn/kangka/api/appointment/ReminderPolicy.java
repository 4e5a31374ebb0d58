package cn.kangka.api.appointment;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * When people are reminded of a visit. Whoever booked when a reminder was already due, or was told of another time then, knows
 * and is not reminded.
 *
 * @param first how long before the visit …
 * @param eve … at which time of the day before …
 * @param last … and how long before it
 */
record ReminderPolicy(Duration first, LocalTime eve, Duration last, ZoneId zone) {
    /** Which reminder, the nearest to the visit last. */
    enum Window {
        FIRST,
        EVE,
        LAST
    }

    static ReminderPolicy of(AppointmentConfig config, ZoneId zone) {
        return new ReminderPolicy(config.remindFirst(), config.remindEve(), config.remindLast(), zone);
    }

    /** From when on a visit's reminder is due. */
    OffsetDateTime due(Window window, OffsetDateTime visit) {
        return switch (window) {
            case FIRST -> visit.minus(first);
            case EVE -> at(day(visit).minusDays(1), eve);
            case LAST -> visit.minus(last);
        };
    }

    /** Visits before this have that reminder due now. */
    OffsetDateTime until(Window window, OffsetDateTime now) {
        return switch (window) {
            case FIRST -> now.plus(first);
            case EVE ->
                at(day(now).plusDays(now.atZoneSameInstant(zone).toLocalTime().isBefore(eve) ? 1 : 2), LocalTime.MIN);
            case LAST -> now.plus(last);
        };
    }

    /** Visits before this are too near for that reminder: a nearer one is due, or they have begun. */
    OffsetDateTime from(Window window, OffsetDateTime now) {
        return switch (window) {
            case FIRST -> until(Window.EVE, now);
            case EVE -> until(Window.LAST, now);
            case LAST -> now;
        };
    }

    /** @param known since when the person knows of the booking and its time */
    boolean reminds(Window window, OffsetDateTime visit, OffsetDateTime known) {
        return !known.isAfter(due(window, visit));
    }

    private LocalDate day(OffsetDateTime time) {
        return time.atZoneSameInstant(zone).toLocalDate();
    }

    private OffsetDateTime at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(zone).toOffsetDateTime();
    }
}
