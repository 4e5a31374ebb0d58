package cn.kangka.api.appointment;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * Days on which people work.
 *
 * @param off holidays on weekdays
 * @param on weekend days that are worked instead (调休)
 */
record WorkingDays(Set<LocalDate> off, Set<LocalDate> on) {
    boolean works(LocalDate day) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return on.contains(day) || !weekend && !off.contains(day);
    }

    /** The last of so many working days after a day. */
    LocalDate after(LocalDate day, int count) {
        LocalDate last = day;
        for (int left = count; left > 0; ) {
            last = last.plusDays(1);
            if (works(last)) {
                left--;
            }
        }
        return last;
    }
}
