package cn.kangka.api.draw;

import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When people may enter a draw and when it is drawn.
 *
 * @param days so many days after it opens …
 * @param closes … at this time it closes
 * @param beforeDeadline but so long before the cancel deadline at the latest
 * @param shortest what would be shorter is no window
 * @param revealAfter how long the closed list is public before the draw
 */
record DrawPolicy(
        int days, LocalTime closes, Duration beforeDeadline, Duration shortest, Duration revealAfter, ZoneId zone) {
    /** A release that is found within this time has been punctual. */
    private static final Duration PUNCTUAL = Duration.ofMinutes(10);

    static DrawPolicy of(HospitalRules rules, ZoneId zone) {
        return new DrawPolicy(
                rules.get(Rule.DRAW_WINDOW),
                rules.time(Rule.DRAW_CLOSES),
                rules.duration(Rule.DRAW_BEFORE_DEADLINE),
                rules.duration(Rule.DRAW_SHORTEST),
                rules.duration(Rule.DRAW_REVEAL),
                zone);
    }

    /** From when people may enter, until when, and when it is drawn. */
    record Window(OffsetDateTime opens, OffsetDateTime closes, OffsetDateTime draws) {}

    /**
     * The window of a session whose draw is opened now; empty when it is too late for one.
     *
     * @param release when the session was to be released
     * @param cancelUntil until when its bookings are cancelled without a mark
     */
    Optional<Window> window(OffsetDateTime release, OffsetDateTime cancelUntil, OffsetDateTime now) {
        OffsetDateTime opens = now.isBefore(release.plus(PUNCTUAL)) ? release : now.truncatedTo(ChronoUnit.MINUTES);
        OffsetDateTime evening = opens.atZoneSameInstant(zone)
                .toLocalDate()
                .plusDays(days)
                .atTime(closes)
                .atZone(zone)
                .toOffsetDateTime();
        OffsetDateTime latest = cancelUntil.minus(beforeDeadline);
        OffsetDateTime end = evening.isBefore(latest) ? evening : latest;
        return end.isBefore(now.plus(shortest))
                ? Optional.empty()
                : Optional.of(new Window(opens, end, end.plus(revealAfter)));
    }
}
