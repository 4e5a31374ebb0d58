package cn.kangka.notification.channel;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads {@code Retry-After} (RFC 9110, 10.2.3): seconds or an HTTP date. */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** The wish, at most one hour; null when there is none or it makes no sense. */
    static Duration parse(String header, Clock clock) {
        if (header == null || header.isBlank()) {
            return null;
        }
        try {
            String text = header.strip();
            Duration wish = Character.isDigit(text.charAt(0))
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            if (wish.isNegative()) {
                return Duration.ZERO;
            }
            return wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }
}
