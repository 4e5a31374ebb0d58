package cn.kangka.empi.matching.comparator;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The comparators by the names that models use. */
public final class Comparators {
    private Comparators() {}

    /**
     * A comparator and the similarity from which the level holds.
     *
     * @param atLeast on the comparator's own scale
     */
    public record Agreement(FieldComparator comparator, double atLeast) {}

    /** What a comparator takes: nothing, a number within bounds, or a text. */
    private sealed interface Kind {
        record Plain(FieldComparator comparator) implements Kind {}

        record Numbered(double low, double high, boolean whole, Function<Double, Agreement> make) implements Kind {}

        record Worded(Function<String, FieldComparator> make) implements Kind {}
    }

    private static final Map<String, Kind> ALL = Map.ofEntries(
            entry("exact", new Kind.Plain(new Exact())),
            entry("jaro-winkler", share(new JaroWinkler())),
            entry("damerau-levenshtein", distance(new DamerauLevenshtein(), 20)),
            entry("overlap", share(new Strings.Overlap())),
            entry("prefix", length(Strings.Prefix::new)),
            entry("suffix", length(Strings.Suffix::new)),
            entry("truncated", length(Strings.Truncated::new)),
            entry("same-before", new Kind.Worded(Strings.Before::new)),
            entry("number-near", new Kind.Numbered(0, 1e12, false, n -> new Agreement(new Strings.NumberNear(), -n))),
            entry("swapped", share(new Parts.Swapped())),
            entry("crossed", share(new Parts.Crossed())),
            entry("same-part", length(Parts.SamePart::new)),
            entry("typed-id", new Kind.Plain(new Parts.TypedId())),
            entry("date-swapped", new Kind.Plain(new Dates.Swapped())),
            entry("date-digit", new Kind.Plain(new Dates.Digit())),
            entry("date-years", distance(new Dates.Years(), 200)),
            entry("date-days", distance(new Dates.Days(), 100_000)),
            entry("date-parts", new Kind.Numbered(1, 3, true, n -> new Agreement(new Dates.SameParts(), n))),
            entry("date-lunar", new Kind.Plain(new Dates.Lunar())),
            entry("resident-id-typo", new Kind.Plain(new ResidentIds.Typo())),
            entry("resident-id-other-human", new Kind.Plain(new ResidentIds.OtherHuman())),
            entry("han-variant", new Kind.Plain(new ChineseNames.Variant())),
            entry("han-homophone", new Kind.Plain(new ChineseNames.Homophone())),
            entry("han-order", new Kind.Plain(new ChineseNames.OtherOrder())),
            entry("han-newborn", new Kind.Plain(new ChineseNames.Newborn())),
            entry("han-shortened", new Kind.Plain(new ChineseNames.Shortened())));

    private static Kind share(FieldComparator comparator) {
        return new Kind.Numbered(0, 1, false, n -> new Agreement(comparator, n));
    }

    private static Kind distance(FieldComparator comparator, int most) {
        return new Kind.Numbered(0, most, true, n -> new Agreement(comparator, -n));
    }

    private static Kind length(Function<Integer, FieldComparator> make) {
        return new Kind.Numbered(1, 100, true, n -> new Agreement(make.apply(n.intValue()), 1));
    }

    /** All names, sorted. */
    public static Set<String> names() {
        return new TreeSet<>(ALL.keySet());
    }

    /** What is wrong with a level; empty when {@link #level} will make it. */
    public static Optional<String> problem(String name, String argument) {
        Kind kind = ALL.get(name);
        if (kind == null) {
            return Optional.of("unknown comparator '" + name + "'; known are " + String.join(", ", names()));
        }
        if (kind instanceof Kind.Plain) {
            return argument == null ? Optional.empty() : Optional.of("'" + name + "' takes no value");
        }
        if (argument == null || argument.isEmpty()) {
            return Optional.of("'" + name + "' needs a value, as in '" + name + ": 1'");
        }
        return kind instanceof Kind.Numbered numbered ? problem(name, numbered, argument) : Optional.empty();
    }

    private static Optional<String> problem(String name, Kind.Numbered kind, String argument) {
        String bounds = "'" + name + "' needs a " + (kind.whole ? "whole number" : "number") + " from " + text(kind.low)
                + " to " + text(kind.high) + ", not '" + argument + "'";
        try {
            double number = Double.parseDouble(argument);
            boolean right = number >= kind.low && number <= kind.high && (!kind.whole || number == Math.rint(number));
            return right ? Optional.empty() : Optional.of(bounds);
        } catch (NumberFormatException notANumber) {
            return Optional.of(bounds);
        }
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /**
     * The comparator of a level.
     *
     * @param argument what the model says behind the name; null for nothing
     * @throws IllegalArgumentException when {@link #problem} tells one
     */
    public static Agreement level(String name, String argument) {
        problem(name, argument).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        Kind kind = ALL.get(name);
        if (kind instanceof Kind.Numbered numbered) {
            return numbered.make.apply(Double.valueOf(argument));
        }
        return kind instanceof Kind.Worded worded
                ? new Agreement(worded.make.apply(argument), 1)
                : new Agreement(((Kind.Plain) kind).comparator, 1);
    }

    /** How many columns a field must have for that level. */
    public static int columnsNeeded(String name, String argument) {
        return switch (name) {
            case "swapped", "crossed", "typed-id" -> 2;
            case "same-part" -> Integer.parseInt(argument);
            default -> 1;
        };
    }
}
