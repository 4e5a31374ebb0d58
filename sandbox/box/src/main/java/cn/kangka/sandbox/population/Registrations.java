package cn.kangka.sandbox.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where each resident is a patient: at one to three institutions, the first time without a typing error. */
public final class Registrations {
    private final long seed;
    private final List<String> hospitals;
    private final List<String> centres;
    private final List<TypingError> errors;
    private final double errorRate;

    /**
     * @param errors the kinds that happen; none for clean data
     * @param errorRate share of second and third registrations with one of them, 0 to 1
     */
    public Registrations(
            long seed, List<String> hospitals, List<String> centres, Set<TypingError> errors, double errorRate) {
        this.seed = seed;
        this.hospitals = List.copyOf(hospitals);
        this.centres = List.copyOf(centres);
        this.errors = errors.stream().sorted().toList();
        this.errorRate = errorRate;
    }

    /** The first registration is at a hospital. */
    public List<Registration> of(Resident resident) {
        Dice dice = Dice.of(seed, 3, resident.index());
        List<Registration> all = new ArrayList<>(3);
        all.add(registration(resident, 0, firstSource(resident), resident));
        int count = resident.kind() == Resident.Kind.NEWBORN ? 1 : count(dice);
        for (int number = 1; number < count; number++) {
            String source = dice.chance(0.5) ? dice.pickEarly(hospitals) : dice.pick(centres);
            Resident written = written(resident, dice);
            if (all.stream().noneMatch(earlier -> earlier.source().equals(source))) {
                all.add(registration(resident, number, source, written));
            }
        }
        return all;
    }

    /** A newborn is where its mother is. */
    private String firstSource(Resident resident) {
        int index = resident.motherIndex() < 0 ? resident.index() : resident.motherIndex();
        return Dice.of(seed, 4, index).pick(hospitals);
    }

    /** The number that a resident has where they were registered first; a mother's, in her newborn's record. */
    public static String firstLocalId(int index) {
        return localId("1", index, 0);
    }

    private static String localId(String prefix, int index, int number) {
        return prefix + String.format(Locale.ROOT, "%07d", index * 4 + number);
    }

    private static int count(Dice dice) {
        double share = dice.fraction();
        if (share < 0.55) {
            return 1;
        }
        return share < 0.87 ? 2 : 3;
    }

    private Resident written(Resident resident, Dice dice) {
        return !errors.isEmpty() && dice.chance(errorRate) ? dice.pick(errors).apply(resident, dice) : resident;
    }

    private static Registration registration(Resident right, int number, String source, Resident written) {
        String localId =
                String.format(Locale.ROOT, "%s%07d", source.charAt(0) == 'C' ? "5" : "1", right.index() * 4 + number);
        return new Registration(number, source, localId, written, !written.equals(right));
    }
}
