package cn.kangka.empi.matching.value;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.commons.codec.language.DoubleMetaphone;
import org.apache.commons.codec.language.Soundex;

/** What blocking keys can take of a value, by the words that models use: {@code surname first 3}. */
public final class KeyTransforms {
    private static final Map<String, KeyTransform> PLAIN = Map.of(
            "soundex", of(KeyTransforms::soundex),
            "metaphone", of(KeyTransforms::metaphone),
            "letters-sorted", of(KeyTransforms::lettersSorted),
            "parts-sorted", KeyTransforms::partsSorted,
            "year", of(text -> slice(text, 0, 4)),
            "month-day", of(text -> slice(text, 4, 8)),
            "year-month", of(text -> slice(text, 0, 6)),
            "day-and-month", of(KeyTransforms::dayAndMonth),
            "folded", of(ChineseScript::folded),
            "pinyin", of(text -> ChineseScript.pinyin(ChineseScript.folded(text))));
    private static final Map<String, IntFunction<KeyTransform>> NUMBERED = Map.of(
            "first", n -> of(text -> slice(text, 0, n)),
            "last", n -> of(text -> text.length() < n ? null : text.substring(text.length() - n)),
            "from", n -> of(text -> text.length() < n ? null : text.substring(n - 1)),
            "part", n -> parts -> parts.length < n ? null : parts[n - 1],
            "word", n -> of(text -> word(text, n)));

    private KeyTransforms() {}

    private static KeyTransform of(Function<String, String> function) {
        return parts -> function.apply(parts[0]);
    }

    /** All words, sorted. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(PLAIN.keySet());
        NUMBERED.keySet().forEach(name -> names.add(name + " N"));
        return names;
    }

    /** The transform of the words behind a field's name; empty when there is none such. */
    public static Optional<KeyTransform> of(String[] words) {
        if (words.length == 0) {
            return Optional.of(parts -> parts[0]);
        }
        if (words.length == 1) {
            return Optional.ofNullable(PLAIN.get(words[0]));
        }
        IntFunction<KeyTransform> make = NUMBERED.get(words[0]);
        boolean numbered = words.length == 2 && make != null && words[1].matches("[1-9]\\d?");
        return numbered ? Optional.of(make.apply(Integer.parseInt(words[1]))) : Optional.empty();
    }

    private static String slice(String text, int from, int to) {
        return text.length() < to ? null : text.substring(from, to);
    }

    private static String word(String text, int number) {
        String[] words = text.split("[^\\p{L}\\p{N}]+");
        return words.length < number ? null : words[number - 1];
    }

    private static String soundex(String text) {
        String letters = ascii(text);
        return letters.isEmpty() ? null : new Soundex().soundex(letters);
    }

    private static String metaphone(String text) {
        String letters = ascii(text);
        return letters.isEmpty() ? null : new DoubleMetaphone().doubleMetaphone(letters);
    }

    private static String ascii(String text) {
        return text.replaceAll("[^A-Za-z]", "");
    }

    private static String lettersSorted(String text) {
        char[] characters = text.toCharArray();
        Arrays.sort(characters);
        return new String(characters);
    }

    private static String partsSorted(String[] parts) {
        return Arrays.stream(parts).filter(Objects::nonNull).sorted().collect(Collectors.joining("|"));
    }

    /** A date without regard to which is the day and which the month. */
    private static String dayAndMonth(String date) {
        if (date.length() < 8) {
            return null;
        }
        String month = date.substring(4, 6);
        String day = date.substring(6, 8);
        return date.substring(0, 4) + (month.compareTo(day) < 0 ? month + day : day + month);
    }
}
