package cn.kangka.api.schedule;

import cn.kangka.kit.problem.Problems;
import java.time.LocalDate;

/** Days that a schedule can be about. */
final class Calendar {
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 9999;

    private Calendar() {}

    /** 422 with the field's name for what is a slip, and no date of the database's; null is none. */
    static void check(String field, LocalDate day) {
        if (day != null && (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR)) {
            throw Problems.invalid(field, "format");
        }
    }
}
