package cn.kangka.api.education;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Full-text terms of Chinese and other text for PostgreSQL's {@code tsvector}, without a dictionary.
 *
 * <p>A run of Han characters gives every single character and every pair of neighbours, at the position where it starts;
 * other scripts give whole words in lower case. So a word of two characters is one indexed term, and a longer one a
 * phrase of pairs. PostgreSQL keeps at most 16,383 positions, and 256 per term.
 */
final class SearchTerms {
    private static final Pattern RUN = Pattern.compile("(?<han>\\p{IsHan}+)|(?<word>[\\p{L}\\p{N}&&[^\\p{IsHan}]]+)");
    private static final int LAST_POSITION = 16_383;
    private static final int POSITIONS_PER_TERM = 256;
    /** A word of this many letters also finds the longer ones that begin with it. */
    private static final int PREFIX_FROM = 3;

    private final Map<String, Set<String>> positions = new TreeMap<>();
    private int next = 1;

    /** Adds text of the given weight, {@code A} (counts most) to {@code D}. */
    SearchTerms add(char weight, String text) {
        Matcher runs = RUN.matcher(text.toLowerCase(Locale.ROOT));
        while (runs.find()) {
            if (runs.group("word") != null) {
                put(runs.group("word"), weight, next++);
            } else {
                addHan(runs.group("han").codePoints().toArray(), weight);
            }
        }
        next++; // No phrase across two runs of text.
        return this;
    }

    private void addHan(int[] characters, char weight) {
        for (int i = 0; i < characters.length; i++, next++) {
            put(new String(characters, i, 1), weight, next);
            if (i + 1 < characters.length) {
                put(new String(characters, i, 2), weight, next);
            }
        }
        next++;
    }

    private void put(String term, char weight, int position) {
        Set<String> known = positions.computeIfAbsent(term, ignored -> new LinkedHashSet<>());
        if (known.size() < POSITIONS_PER_TERM) {
            known.add(Math.min(position, LAST_POSITION) + String.valueOf(weight));
        }
    }

    /** A literal for {@code ::tsvector}. */
    String vector() {
        StringJoiner vector = new StringJoiner(" ");
        positions.forEach((term, at) -> vector.add("'" + term + "':" + String.join(",", at)));
        return vector.toString();
    }

    /** A literal for {@code ::tsquery} that wants every word of the query; empty when it has none. */
    static String everyWord(String query) {
        StringJoiner all = new StringJoiner(" & ");
        Matcher runs = RUN.matcher(query.toLowerCase(Locale.ROOT));
        while (runs.find()) {
            all.add(
                    runs.group("word") != null
                            ? word(runs.group("word"))
                            : String.join(" <-> ", pairs(runs.group("han"))));
        }
        return all.toString();
    }

    /** A literal for {@code ::tsquery} that is content with any pair or word of the query; empty when it has none. */
    static String anyWord(String query) {
        Set<String> any = new TreeSet<>();
        Matcher runs = RUN.matcher(query.toLowerCase(Locale.ROOT));
        while (runs.find()) {
            if (runs.group("word") != null) {
                any.add(word(runs.group("word")));
            } else if (runs.group("han").codePointCount(0, runs.group("han").length()) > 1) {
                any.addAll(pairs(runs.group("han")));
            }
        }
        return String.join(" | ", any);
    }

    private static String word(String word) {
        return "'" + word + (word.length() >= PREFIX_FROM ? "':*" : "'");
    }

    private static List<String> pairs(String han) {
        int[] characters = han.codePoints().toArray();
        if (characters.length == 1) {
            return List.of("'" + han + "'");
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < characters.length; i++) {
            pairs.add("'" + new String(characters, i, 2) + "'");
        }
        return pairs;
    }
}
