package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.population.Dice;
import cn.kangka.sandbox.population.Resident;
import java.time.LocalDate;
import java.util.Map;

/** Who has what: common conditions, commoner with age, that move laboratory values. */
final class Conditions {
    private static final int AGE_OF_DOUBLING = 60;

    /** Share of the people at 40, and by how many range widths the values move. */
    private record Condition(double share, double shift) {}

    private static final Map<String, Condition> ALL = Map.of(
            "DIABETES", new Condition(0.09, 1.3),
            "LIPIDS", new Condition(0.22, 0.6),
            "LIVER", new Condition(0.12, 0.8),
            "KIDNEY", new Condition(0.05, 0.8),
            "URATE", new Condition(0.14, 0.5),
            "THYROID", new Condition(0.06, 0.9),
            "ANAEMIA", new Condition(0.07, -0.7));

    private Conditions() {}

    /** How far the condition moves a value, in widths of its reference range; 0 for those who don't have it. */
    static double shift(String name, Resident person, LocalDate day) {
        Condition condition = ALL.get(name);
        if (condition == null) {
            return 0;
        }
        Dice dice = Dice.of(name.hashCode(), person.index());
        double share =
                condition.share() * Math.min(2.2, Math.max(0.1, person.age(day) / (double) AGE_OF_DOUBLING * 1.5));
        return dice.chance(share) ? condition.shift() * (0.6 + dice.fraction() * 0.8) : 0;
    }

    /** One in forty is allergic to penicillin. */
    static boolean allergicToPenicillin(int index) {
        return index % 40 == 7;
    }
}
