package cn.kangka.sandbox.population;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * Numbers that must be unique without remembering those given: each is a permutation of the person's position. Unique
 * up to {@value #MOST} people.
 */
final class Numbers {
    /** As many as there are permits; resident ids would last for 12.7 million. */
    static final int MOST = 10_000_000;

    private static final int PAIRS_PER_DAY = 250;
    private static final int DAYS = 365;
    private static final int ROUND = PAIRS_PER_DAY * DAYS;
    private static final int GROUPS = 20;
    private static final long DAY_STEP = 48_611;
    private static final long PHONE_STEP = 61_803_399;
    private static final long LOCAL_STEP = 387_420_489;
    private static final long INSURANCE_STEP = 48_828_127;
    private static final int PHONES = 100_000_000;

    /** What mainland operators give to people; the four rarest are left out. */
    private static final List<String> PREFIXES = List.of(
            "138", "139", "137", "136", "135", "134", "158", "159", "150", "151", "152", "157", "182", "187", "188",
            "178", "198", "130", "131", "132", "155", "156", "185", "186", "176", "166", "133", "153", "180", "181",
            "189", "177", "173", "199", "191", "193");

    private final long seed;

    Numbers(long seed) {
        this.seed = seed;
    }

    /** The day of the year (1 to 365) of the person at that position. */
    int dayOfYear(int index) {
        return slot(index) / PAIRS_PER_DAY + 1;
    }

    /** A resident id; {@code twin} takes the other half of the same pair. */
    String residentId(int index, LocalDate birthDate, Sex sex, boolean twin) {
        int pair = slot(index) % PAIRS_PER_DAY;
        int sequence = pair * 4 + (twin ? 2 : 0) + (sex == Sex.MALE ? 1 : 0);
        int group =
                Math.floorMod(index / ROUND + Dice.of(seed, 5, index % ROUND).below(GROUPS), GROUPS);
        int division = Divisions.registered(index / (ROUND * GROUPS), group, Dice.of(seed, 6, index));
        return ResidentId.of(division, birthDate, sequence);
    }

    private int slot(int index) {
        return (int) Math.floorMod(index * DAY_STEP + seed, (long) ROUND);
    }

    String phone(int index) {
        long suffix = Math.floorMod(index * PHONE_STEP + Math.floorMod(seed, 1_000_003L) * 97, (long) PHONES);
        return Dice.of(seed, 7, index).pick(PREFIXES) + String.format(Locale.ROOT, "%08d", suffix);
    }

    /** Another one of one's own, which nobody had before. */
    String newPhone(int index) {
        return phone(PHONES / 2 + index);
    }

    /** A hospital's own number for a patient: nine digits that tell nothing, unique in the whole region. */
    String localId(int index, int number) {
        return String.format(
                Locale.ROOT, "%09d", Math.floorMod((index * 2L + number) * LOCAL_STEP + seed, 1_000_000_000L));
    }

    /** Of the city's basic medical insurance: the city's code and eight digits. */
    String insurance(int index) {
        return String.format(
                Locale.ROOT, "3301%08d", Math.floorMod(index * INSURANCE_STEP + Math.floorMod(seed, 9_973L), (long)
                        PHONES));
    }

    /** Letter and nine digits, as printed on a birth medical certificate. */
    String birthCertificate(int index) {
        return String.format(Locale.ROOT, "T33%07d", Math.floorMod(index * 7_654_321L + seed, 10_000_000L));
    }

    String permit(IdType type, int index) {
        long digits = Math.floorMod(index * 7_654_321L + seed, 10_000_000L);
        return switch (type) {
            case PASSPORT -> String.format(Locale.ROOT, "E1%07d", digits);
            case HK_MACAO_PERMIT -> String.format(Locale.ROOT, "%s0%07d", index % 4 == 0 ? "M" : "H", digits);
            case TAIWAN_PERMIT -> String.format(Locale.ROOT, "0%07d", digits);
            case RESIDENT_ID, BIRTH_CERTIFICATE -> throw new IllegalArgumentException(type.name());
        };
    }
}
