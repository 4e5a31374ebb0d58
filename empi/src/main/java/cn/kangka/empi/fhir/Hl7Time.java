package cn.kangka.empi.fhir;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HL7 v2 times (TS, DTM: {@code YYYY[MM[DD[HH[MM[SS[.S+]]]]]][+ZZZZ]}) as FHIR dateTime, with the precision that was
 * sent. A time without offset is China Standard Time. What is no time gives null.
 */
final class Hl7Time {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:\\.\\d+)?)?)?)?)?)?([+-]\\d{4})?");

    private Hl7Time() {}

    /** FHIR dateTime; null for what is empty or no time. */
    static String dateTime(String value) {
        Matcher parts = FORM.matcher(value.strip());
        if (!parts.matches()) {
            return null;
        }
        try {
            if (parts.group(3) == null) {
                return partialDate(parts);
            }
            LocalDate day = LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
            return parts.group(4) == null ? day.toString() : format(at(parts, day));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** FHIR instant, the full form; null when the value has no time of day. */
    static String instant(String value) {
        String text = dateTime(value);
        return text == null || text.indexOf('T') < 0 ? null : text;
    }

    private static String partialDate(Matcher parts) {
        return parts.group(2) == null ? parts.group(1) : parts.group(1) + "-" + parts.group(2);
    }

    private static OffsetDateTime at(Matcher parts, LocalDate day) {
        LocalDateTime local = day.atTime(
                number(parts, 4),
                parts.group(5) == null ? 0 : number(parts, 5),
                parts.group(6) == null ? 0 : number(parts, 6));
        return local.atOffset(parts.group(7) == null ? CHINA : ZoneOffset.of(parts.group(7)));
    }

    /** In the form of all times here. */
    static String format(OffsetDateTime time) {
        return SECONDS.format(time);
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
