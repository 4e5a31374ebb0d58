package cn.kangka.empi.matching.comparator;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.ChineseCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The Chinese calendar, as far as birth dates need it: which day is the fifth of the eighth month of 1950? ICU computes
 * where the moon stands; each year is asked for once.
 */
public final class LunarCalendar {
    private static final int EARLIEST = 1850;
    private static final int LATEST = 2150;
    private static final int MONTHS = 12;
    private static final int LONGEST_MONTH = 30;

    /** The one that everybody asks, so that each year is computed once. */
    public static final LunarCalendar SHARED = new LunarCalendar();

    private final AtomicReferenceArray<Year> years = new AtomicReferenceArray<>(LATEST - EARLIEST + 1);

    LunarCalendar() {}

    /** The first and the last day of each month, those after the first twelve intercalary. */
    private record Year(int[] first, int[] last) {}

    /**
     * The day of a lunar date in days since 1970-01-01.
     *
     * @param year in which the lunar year begins
     * @param leapMonth whether the intercalary month of that number is meant
     * @return {@link Integer#MIN_VALUE} when there is no such day
     */
    public int epochDay(int year, int month, int day, boolean leapMonth) {
        if (year < EARLIEST || year > LATEST || month < 1 || month > MONTHS || day < 1 || day > LONGEST_MONTH) {
            return Integer.MIN_VALUE;
        }
        Year known = years.get(year - EARLIEST);
        if (known == null) {
            known = compute(year);
            years.set(year - EARLIEST, known);
        }
        int index = month - 1 + (leapMonth ? MONTHS : 0);
        int found = known.first[index] + day - 1;
        return known.first[index] != Integer.MIN_VALUE && found <= known.last[index] ? found : Integer.MIN_VALUE;
    }

    private static Year compute(int year) {
        int[] first = new int[2 * MONTHS];
        int[] last = new int[2 * MONTHS];
        Arrays.fill(first, Integer.MIN_VALUE);
        for (int index = 0; index < 2 * MONTHS; index++) {
            ChineseCalendar calendar = firstOf(year, index % MONTHS, index >= MONTHS);
            long millis = calendar.getTimeInMillis();
            if (calendar.get(Calendar.MONTH) == index % MONTHS
                    && calendar.get(Calendar.IS_LEAP_MONTH) == (index >= MONTHS ? 1 : 0)) {
                first[index] = (int) Math.floorDiv(millis, Duration.ofDays(1).toMillis());
                last[index] = first[index] + calendar.getActualMaximum(Calendar.DAY_OF_MONTH) - 1;
            }
        }
        return new Year(first, last);
    }

    private static ChineseCalendar firstOf(int year, int month, boolean leapMonth) {
        ChineseCalendar calendar = new ChineseCalendar(TimeZone.GMT_ZONE, ULocale.ROOT);
        calendar.clear();
        calendar.set(Calendar.EXTENDED_YEAR, year);
        calendar.set(Calendar.MONTH, month);
        calendar.set(Calendar.IS_LEAP_MONTH, leapMonth ? 1 : 0);
        calendar.set(Calendar.DAY_OF_MONTH, 1);
        return calendar;
    }
}
