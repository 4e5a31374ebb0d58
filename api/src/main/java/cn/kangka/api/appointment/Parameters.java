package cn.kangka.api.appointment;

import cn.kangka.kit.problem.Problems;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;

/** Query parameters that may be malformed: answered with 422 and the field's name, not with 404. */
final class Parameters {
    private static final int EARLIEST = 1900;
    private static final int LATEST = 9999;

    private Parameters() {}

    /** A day as anybody writes it: no year before 1900 or after 9999. */
    static LocalDate date(String field, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() < EARLIEST || day.getYear() > LATEST) {
                throw Problems.invalid(field, "format");
            }
            return day;
        } catch (DateTimeException e) {
            throw Problems.invalid(field, "format");
        }
    }

    /** Null stays null. */
    static UUID id(String field, String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problems.invalid(field, "format");
        }
    }
}
