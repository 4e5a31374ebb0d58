package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.population.Dice;
import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.population.Sex;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * One measurement with its reference ranges.
 *
 * @param decimals digits after the point
 * @param condition what moves it out of its range, or {@code -}
 */
record Analyte(String loinc, String name, String unit, int decimals, double[] men, double[] women, String condition) {
    private static final LocalDate EPOCH = LocalDate.of(2024, 1, 1);
    private static final double DAYS_A_YEAR = 365;

    static Analyte read(String line) {
        String[] parts = line.split(" \\| ");
        return new Analyte(
                parts[0], parts[1], parts[2], Integer.parseInt(parts[3]), range(parts[4]), range(parts[5]), parts[6]);
    }

    private static double[] range(String text) {
        String[] ends = text.split(" ");
        return new double[] {Double.parseDouble(ends[0]), Double.parseDouble(ends[1])};
    }

    private double[] range(Sex sex) {
        return sex == Sex.MALE ? men : women;
    }

    /** The reference range as a laboratory prints it: {@code 3.9-6.1}. */
    String printedRange(Sex sex) {
        return rounded(range(sex)[0]) + "-" + rounded(range(sex)[1]);
    }

    /** What this person has on that day: a level of one's own, a slow trend, and the day's scatter. */
    BigDecimal value(Resident person, LocalDate day) {
        Dice own = Dice.of(loinc.hashCode(), person.index());
        double[] range = range(person.sex());
        double width = range[1] - range[0];
        double years = ChronoUnit.DAYS.between(EPOCH, day) / DAYS_A_YEAR;
        double level = (range[0] + range[1]) / 2 + own.bell() * width * 0.16;
        double trend = own.bell() * width * 0.04 * years;
        double scatter =
                Dice.of(loinc.hashCode(), person.index(), day.toEpochDay()).bell() * width * 0.05;
        double ill = Conditions.shift(condition, person, day) * width;
        return rounded(Math.max(range[0] * 0.3, level + trend + scatter + ill));
    }

    private BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    /** HL7 table 0078: N, L, H, or LL, HH when far outside. */
    String flag(BigDecimal value, Sex sex) {
        double[] range = range(sex);
        double width = range[1] - range[0];
        double number = value.doubleValue();
        if (number > range[1]) {
            return number > range[1] + 1.5 * width ? "HH" : "H";
        }
        if (number < range[0]) {
            return number < range[0] - 0.6 * width ? "LL" : "L";
        }
        return "N";
    }
}
