package cn.kangka.api.fhir;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of FHIR search parameters. What cannot be read is refused with the parameter's name. */
final class SearchTerms {
    private static final Pattern DATE = Pattern.compile("(eq|ge|gt|le|lt)?(\\d{4}-\\d{2}-\\d{2}(?:T.+)?)");
    private static final int LONGEST_DAYS = 62;

    private SearchTerms() {}

    /** Refused because of one parameter. */
    static final class BadTermException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadTermException(String parameter, String rule) {
            super(parameter + ": " + rule);
        }
    }

    /** From an instant, to before another. */
    record Period(OffsetDateTime from, OffsetDateTime to) {}

    /** The id of a reference such as {@code Schedule/<id>}; null when it is of another type. */
    static UUID reference(String parameter, String type, String value) {
        if (value == null || !value.startsWith(type + "/")) {
            return null;
        }
        return id(parameter, value.substring(type.length() + 1));
    }

    static UUID id(String parameter, String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw new BadTermException(parameter, "not an id of this server");
        }
    }

    /**
     * The period that dates with prefixes (eq, ge, gt, le, lt) mean together; what is open is bounded by now and by 62 days.
     */
    static Period period(String parameter, List<String> values, OffsetDateTime now, ZoneId zone) {
        OffsetDateTime from = null;
        OffsetDateTime to = null;
        for (String value : values) {
            Matcher date = DATE.matcher(value);
            if (!date.matches()) {
                throw new BadTermException(parameter, "not a date: YYYY-MM-DD, or a time with its offset");
            }
            Period one = day(parameter, date.group(2), zone);
            switch (date.group(1) == null ? "eq" : date.group(1)) {
                case "ge" -> from = one.from();
                case "gt" -> from = one.to();
                case "le" -> to = one.to();
                case "lt" -> to = one.from();
                default -> {
                    from = one.from();
                    to = one.to();
                }
            }
        }
        OffsetDateTime first = from == null ? now : from;
        OffsetDateTime last = to == null ? first.plusDays(LONGEST_DAYS) : to;
        if (last.isBefore(first) || last.isAfter(first.plusDays(LONGEST_DAYS + 1L))) {
            throw new BadTermException(parameter, "at most " + LONGEST_DAYS + " days, from earlier to later");
        }
        return new Period(first, last);
    }

    /** A date is its day in the region's zone; a time with offset is itself. */
    private static Period day(String parameter, String text, ZoneId zone) {
        try {
            if (text.indexOf('T') > 0) {
                OffsetDateTime time = OffsetDateTime.parse(text);
                return new Period(time, time);
            }
            LocalDate day = LocalDate.parse(text);
            return new Period(
                    day.atStartOfDay(zone).toOffsetDateTime(),
                    day.plusDays(1).atStartOfDay(zone).toOffsetDateTime());
        } catch (DateTimeException e) {
            throw new BadTermException(parameter, "not a date: YYYY-MM-DD, or a time with its offset");
        }
    }
}
