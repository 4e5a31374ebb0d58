package cn.kangka.sandbox.population;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.ChineseCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Birth dates that are another day, and those that are none. */
final class BirthErrors {
    private static final String JUNK = "1900-01-01";
    private static final int OLDEST = 110;

    /** Years begin with the new moon of late January or February: its last months belong to our next year. */
    private static final int LAST_MONTHS = 11;

    private BirthErrors() {}

    static Optional<PatientRecord> dayMonth(PatientRecord right) {
        LocalDate date = LocalDate.parse(right.birth());
        return date.getDayOfMonth() > 12
                ? Optional.empty()
                : written(right, LocalDate.of(date.getYear(), date.getDayOfMonth(), date.getMonthValue()));
    }

    static Optional<PatientRecord> digit(PatientRecord right, Circumstances around, Dice dice) {
        LocalDate date = LocalDate.parse(right.birth());
        List<LocalDate> wrong = new ArrayList<>();
        for (int at = 2; at < right.birth().length(); at++) {
            for (char digit = '0'; digit <= '9' && right.birth().charAt(at) != '-'; digit++) {
                String text =
                        right.birth().substring(0, at) + digit + right.birth().substring(at + 1);
                date(text)
                        .filter(other -> !other.equals(date) && Math.abs(other.getYear() - date.getYear()) != 1)
                        .filter(other -> isPlausible(other, around.asOf()))
                        .ifPresent(wrong::add);
            }
        }
        return wrong.isEmpty() ? Optional.empty() : written(right, dice.pick(wrong));
    }

    static Optional<PatientRecord> year(PatientRecord right, Circumstances around, Dice dice) {
        LocalDate date = LocalDate.parse(right.birth());
        List<LocalDate> wrong = Stream.of(date.minusYears(1), date.plusYears(1))
                .filter(other -> other.getDayOfMonth() == date.getDayOfMonth() && isPlausible(other, around.asOf()))
                .toList();
        return wrong.isEmpty() ? Optional.empty() : written(right, dice.pick(wrong));
    }

    /** Impossible where the lunar date is none of ours, such as the 30th of the second month. */
    static Optional<PatientRecord> lunar(PatientRecord right) {
        return lunar(LocalDate.parse(right.birth())).flatMap(lunar -> written(right, lunar));
    }

    /** Numbers of year, month and day by the lunar calendar; an intercalary month has the number of the one before. */
    static Optional<LocalDate> lunar(LocalDate date) {
        ChineseCalendar calendar = new ChineseCalendar(TimeZone.GMT_ZONE, ULocale.ROOT);
        calendar.setTimeInMillis(date.toEpochDay() * 86_400_000L);
        int month = calendar.get(Calendar.MONTH) + 1;
        boolean before = month >= LAST_MONTHS && date.getMonthValue() <= 2;
        return date(String.format(
                Locale.ROOT,
                "%04d-%02d-%02d",
                before ? date.getYear() - 1 : date.getYear(),
                month,
                calendar.get(Calendar.DAY_OF_MONTH)));
    }

    static Optional<PatientRecord> junk(PatientRecord right, Dice dice) {
        String junk = dice.chance(0.4)
                ? JUNK
                : Year.of(LocalDate.parse(right.birth()).getYear()).atDay(1).toString();
        return junk.equals(right.birth()) ? Optional.empty() : Optional.of(right.withBirth(junk));
    }

    private static boolean isPlausible(LocalDate date, LocalDate asOf) {
        return !date.isAfter(asOf) && date.isAfter(asOf.minusYears(OLDEST));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<PatientRecord> written(PatientRecord right, LocalDate date) {
        return date.toString().equals(right.birth()) ? Optional.empty() : Optional.of(right.withBirth(date.toString()));
    }
}
