package cn.kangka.sandbox.population;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Names as common as in China: surnames by share, given names by sex and decade, and four minority styles. In the demo
 * region fashions rule alone; the wide names, for whoever measures how well records are linked, have the long tail too.
 */
public final class Names {
    private static final double WHOLE = 0.18;
    private static final double WHOLE_OF_WIDE = 0.04;
    private static final double SINGLE_OF_WIDE = 0.9;
    private static final double BEYOND_FASHION = 0.58;
    private static final Names COMMON = new Names(false);
    private static final Names WIDE = new Names(true);

    private final boolean wide;

    private final TreeMap<Integer, String> surnames = new TreeMap<>();
    private final Map<String, Integer> shares = new LinkedHashMap<>();
    private final Map<String, GivenNames> given = new HashMap<>();
    private final List<MinorityStyle> minorities = new ArrayList<>();
    private int surnameTotal;

    private record GivenNames(List<String> whole, List<String> first, List<String> second) {}

    private record MinorityStyle(String style, List<String> male, List<String> female, List<String> second) {}

    private Names(boolean wide) {
        this.wide = wide;
        lines("surnames.txt").forEach(this::addSurname);
        lines("given-names.txt").forEach(this::addGiven);
        lines("minority-names.txt").forEach(this::addMinority);
    }

    public static Names common() {
        return COMMON;
    }

    /** With as many different given names as a real city has. */
    static Names wide() {
        return WIDE;
    }

    private void addSurname(String line) {
        String[] parts = line.split(" ");
        surnames.put(surnameTotal, parts[0]);
        shares.put(parts[0], Integer.parseInt(parts[1]));
        surnameTotal += Integer.parseInt(parts[1]);
    }

    private void addGiven(String line) {
        String[] parts = line.split(" \\| ");
        given.put(parts[0], new GivenNames(words(parts[1]), words(parts[2]), words(parts[3])));
    }

    private void addMinority(String line) {
        String[] parts = line.split(" \\| ");
        minorities.add(new MinorityStyle(parts[0], words(parts[1]), words(parts[2]), words(parts[3])));
    }

    private static List<String> words(String text) {
        return List.of(text.trim().split(" "));
    }

    /** A surname by its share of the people. */
    public String surname(Dice dice) {
        return surnames.floorEntry(dice.below(surnameTotal)).getValue();
    }

    Set<String> surnames() {
        return shares.keySet();
    }

    /** Family and given name of a full one; where they don't part in the Han way, all of it is the family name. */
    public List<String> parts(String name) {
        if (name.contains("·") || name.length() > 4 || name.length() < 2) {
            return List.of(name, "");
        }
        int length = name.length() > 2 && shares.containsKey(name.substring(0, 2)) ? 2 : 1;
        String family = name.substring(0, length);
        return shares.containsKey(family) ? List.of(family, name.substring(length)) : List.of(name, "");
    }

    /** A given name as people of that sex born in that year bear it. */
    public String given(Dice dice, Sex sex, int birthYear) {
        int decade = Math.max(1930, Math.min(2020, birthYear / 10 * 10));
        GivenNames names = given.get(sex.hl7() + " " + decade);
        if (dice.chance(wide ? WHOLE_OF_WIDE : WHOLE)) {
            return dice.pickEarly(names.whole());
        }
        String second = character(dice, sex, names.second());
        if (dice.chance(wide ? singleShare(decade) * SINGLE_OF_WIDE : singleShare(decade))) {
            return second;
        }
        String first = character(dice, sex, names.first());
        return first.equals(second) ? first + names.second().get(names.second().size() - 1) : first + second;
    }

    private String character(Dice dice, Sex sex, List<String> fashionable) {
        if (!wide) {
            return dice.pickEarly(fashionable);
        }
        double fraction = dice.fraction();
        return dice.chance(BEYOND_FASHION)
                ? GivenCharacters.any(dice, sex)
                : fashionable.get((int) (fraction * StrictMath.sqrt(fraction) * fashionable.size()));
    }

    /** One-character given names were in fashion from the 1970s to the 1990s. */
    private static double singleShare(int decade) {
        return decade >= 1970 && decade <= 1990 ? 0.22 : 0.08;
    }

    /** Share of households whose names are not of the Han kind. */
    double minorityShare() {
        return wide ? 0.03 : 0.06;
    }

    /**
     * A name of the Uyghur, Tibetan, Mongolian or Hui kind; parts are joined by U+00B7 where custom has it. In a wide
     * population the members of a household have names of one kind.
     */
    String minority(Dice dice, Sex sex, int household) {
        if (wide) {
            return MinorityNames.of(dice, sex, household);
        }
        MinorityStyle style = dice.pick(minorities);
        String own = dice.pick(sex == Sex.MALE ? style.male() : style.female());
        if (style.style().equals("HUI")) {
            return "马" + own;
        }
        String second = dice.pick(style.second());
        boolean dotted = style.style().equals("UYGHUR") || dice.chance(0.4);
        return own + (dotted ? "·" : "") + (own.equals(second) && !dotted ? "" : second);
    }

    private static List<String> lines(String file) {
        try (InputStream in = Names.class.getResourceAsStream("/population/" + file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
