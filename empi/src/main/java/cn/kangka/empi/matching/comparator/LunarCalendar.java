package cn.kangka.empi.matching.comparator;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.ChineseCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.Duration;

/** The Chinese calendar, as far as birth dates need it: which day is the fifth of the eighth month of 1950? */
public final class LunarCalendar {
    /** Years of ICU's extended numbering begin 2637 years before ours. */
    private static final int EXTENDED_YEAR = 2637;

    private static final int EARLIEST = 1850;
    private static final int LATEST = 2150;

    private LunarCalendar() {}

    /**
     * The day of a lunar date in days since 1970-01-01.
     *
     * @param year in which the lunar year begins
     * @param leapMonth whether the intercalary month of that number is meant
     * @return {@link Integer#MIN_VALUE} when there is no such day
     */
    public static int epochDay(int year, int month, int day, boolean leapMonth) {
        if (year < EARLIEST || year > LATEST || month < 1 || month > 12 || day < 1 || day > 30) {
            return Integer.MIN_VALUE;
        }
        ChineseCalendar calendar = new ChineseCalendar(TimeZone.GMT_ZONE, ULocale.ROOT);
        calendar.clear();
        calendar.set(Calendar.EXTENDED_YEAR, year + EXTENDED_YEAR);
        calendar.set(Calendar.MONTH, month - 1);
        calendar.set(Calendar.IS_LEAP_MONTH, leapMonth ? 1 : 0);
        calendar.set(Calendar.DAY_OF_MONTH, day);
        long millis = calendar.getTimeInMillis();
        boolean exists = calendar.get(Calendar.MONTH) == month - 1
                && calendar.get(Calendar.DAY_OF_MONTH) == day
                && calendar.get(Calendar.IS_LEAP_MONTH) == (leapMonth ? 1 : 0);
        return exists ? (int) Math.floorDiv(millis, Duration.ofDays(1).toMillis()) : Integer.MIN_VALUE;
    }
}
