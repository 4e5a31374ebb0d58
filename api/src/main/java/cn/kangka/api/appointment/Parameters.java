package cn.kangka.api.appointment;

import cn.kangka.kit.problem.Problems;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;

/** Query parameters that may be malformed: answered with 422 and the field's name, not with 404. */
final class Parameters {
    private Parameters() {}

    static LocalDate date(String field, String text) {
        try {
            return LocalDate.parse(text);
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
