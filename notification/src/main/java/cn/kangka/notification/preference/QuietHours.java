package cn.kangka.notification.preference;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When a phone stays silent.
 *
 * @param from inclusive, region's time
 * @param to exclusive; before {@code from} when the hours pass midnight; equal to it for none
 */
public record QuietHours(LocalTime from, LocalTime to) {
    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");

    /** The same instant when it is not quiet then, else the end of the quiet hours. */
    public Instant afterwards(Instant instant) {
        ZonedDateTime then = instant.atZone(HERE);
        if (!contains(then.toLocalTime())) {
            return instant;
        }
        ZonedDateTime end = then.with(to);
        return (end.isAfter(then) ? end : end.plusDays(1)).toInstant();
    }

    boolean contains(LocalTime time) {
        return from.isAfter(to) ? !time.isBefore(from) || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
    }
}
