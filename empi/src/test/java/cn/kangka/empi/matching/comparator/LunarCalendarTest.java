package cn.kangka.empi.matching.comparator;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.ChineseCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** ICU, asked day by day, is the oracle. */
class LunarCalendarTest {
    private static final int NO_DAY = Integer.MIN_VALUE;

    @Test
    void every_day_of_thirty_years_is_found_and_no_other() {
        LunarCalendar asked = new LunarCalendar();
        Set<String> there = new HashSet<>();
        ChineseCalendar icu = new ChineseCalendar(TimeZone.GMT_ZONE, ULocale.ROOT);
        long first = LocalDate.of(1960, 1, 1).toEpochDay();
        for (long day = first; day < first + 30 * 365; day++) {
            icu.setTimeInMillis(day * 86_400_000L);
            int year = icu.get(Calendar.EXTENDED_YEAR);
            int month = icu.get(Calendar.MONTH) + 1;
            int ofMonth = icu.get(Calendar.DAY_OF_MONTH);
            boolean leap = icu.get(Calendar.IS_LEAP_MONTH) == 1;
            assertThat(asked.epochDay(year, month, ofMonth, leap)).isEqualTo((int) day);
            there.add(year + "-" + month + "-" + ofMonth + leap);
        }
        for (int year = 1962; year < 1988; year++) {
            for (int month = 1; month <= 12; month++) {
                for (int day = 1; day <= 30; day++) {
                    for (boolean leap : new boolean[] {false, true}) {
                        assertThat(asked.epochDay(year, month, day, leap) != NO_DAY)
                                .isEqualTo(there.contains(year + "-" + month + "-" + day + leap));
                    }
                }
            }
        }
    }

    @Test
    void what_no_calendar_has_is_no_day() {
        LunarCalendar asked = new LunarCalendar();
        assertThat(asked.epochDay(1849, 1, 1, false)).isEqualTo(NO_DAY);
        assertThat(asked.epochDay(1850, 1, 1, false)).isNotEqualTo(NO_DAY);
        assertThat(asked.epochDay(2150, 12, 1, false)).isNotEqualTo(NO_DAY);
        assertThat(asked.epochDay(2151, 1, 1, false)).isEqualTo(NO_DAY);
        assertThat(asked.epochDay(2000, 0, 1, false)).isEqualTo(NO_DAY);
        assertThat(asked.epochDay(2000, 13, 1, false)).isEqualTo(NO_DAY);
        assertThat(asked.epochDay(2000, 1, 0, false)).isEqualTo(NO_DAY);
        assertThat(asked.epochDay(2000, 1, 31, false)).isEqualTo(NO_DAY);
    }
}
