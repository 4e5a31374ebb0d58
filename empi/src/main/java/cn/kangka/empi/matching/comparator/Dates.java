package cn.kangka.empi.matching.comparator;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Comparators of dates, which come normalised as eight digits: year, month, day. */
final class Dates {
    private static final int DIGITS = 8;

    private Dates() {}

    /** Eight digits as a number, and the day they name; {@link Integer#MIN_VALUE} when there is no such day. */
    private record Day(int digits, int epochDay) {
        int year() {
            return digits / 10_000;
        }

        int month() {
            return digits / 100 % 100;
        }

        int day() {
            return digits % 100;
        }

        boolean exists() {
            return epochDay != Integer.MIN_VALUE;
        }
    }

    private abstract static class DayComparator implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            return read(parts[0]);
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            return compare((Day) one, (Day) other);
        }

        abstract double compare(Day one, Day other);
    }

    private static Day read(String text) {
        if (text.length() != DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        int digits = Integer.parseInt(text);
        return new Day(digits, epochDay(digits));
    }

    private static int epochDay(int digits) {
        try {
            return (int) LocalDate.of(digits / 10_000, digits / 100 % 100, digits % 100)
                    .toEpochDay();
        } catch (DateTimeException noSuchDay) {
            return Integer.MIN_VALUE;
        }
    }

    /** Day and month changed places: 1. */
    static final class Swapped extends DayComparator {
        @Override
        double compare(Day one, Day other) {
            return one.year() == other.year() && one.month() == other.day() && one.day() == other.month() ? 1 : UNLIKE;
        }
    }

    /** One digit differs, or two neighbouring digits changed places: 1. */
    static final class Digit extends DayComparator {
        @Override
        double compare(Day one, Day other) {
            int left = one.digits;
            int right = other.digits;
            while (left != right && left % 10 == right % 10) {
                left /= 10;
                right /= 10;
            }
            boolean oneDigit = left / 10 == right / 10;
            boolean neighbours =
                    left / 100 == right / 100 && left % 10 == right / 10 % 10 && right % 10 == left / 10 % 10;
            return oneDigit || neighbours ? 1 : UNLIKE;
        }
    }

    /** Same month and day: minus the difference in years. */
    static final class Years extends DayComparator {
        @Override
        double compare(Day one, Day other) {
            return one.digits % 10_000 == other.digits % 10_000 ? -Math.abs(one.year() - other.year()) : UNLIKE;
        }
    }

    /** Minus the difference in days. */
    static final class Days extends DayComparator {
        @Override
        double compare(Day one, Day other) {
            if (one.exists() && other.exists()) {
                return -Math.abs((double) one.epochDay - other.epochDay);
            }
            return one.digits == other.digits ? 0 : UNLIKE;
        }
    }

    /** How many of year, month and day are the same. */
    static final class SameParts extends DayComparator {
        @Override
        double compare(Day one, Day other) {
            return (one.year() == other.year() ? 1 : 0)
                    + (one.month() == other.month() ? 1 : 0)
                    + (one.day() == other.day() ? 1 : 0);
        }
    }

    /**
     * One is the other's date of the Chinese calendar, written as if it were of the Gregorian one (birthdays of old people
     * often are): 1.
     */
    static final class Lunar implements FieldComparator {
        private record Both(int solar, int asLunar, int asLeapMonth) {}

        @Override
        public Object prepare(String[] parts) {
            Day day = read(parts[0]);
            if (day == null) {
                return null;
            }
            return new Both(
                    day.epochDay,
                    LunarCalendar.SHARED.epochDay(day.year(), day.month(), day.day(), false),
                    LunarCalendar.SHARED.epochDay(day.year(), day.month(), day.day(), true));
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            Both left = (Both) one;
            Both right = (Both) other;
            return reads(left, right) || reads(right, left) || left.solar == right.solar ? 1 : UNLIKE;
        }

        private static boolean reads(Both lunar, Both solar) {
            return solar.solar != Integer.MIN_VALUE
                    && (lunar.asLunar == solar.solar || lunar.asLeapMonth == solar.solar);
        }
    }
}
