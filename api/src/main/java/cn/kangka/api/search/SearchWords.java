package cn.kangka.api.search;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question to the directory as a {@code tsquery} of the terms that {@code directory_terms} (V0571) keeps: all of its pairs of
 * Chinese characters, and its other words as beginnings of words or of pinyin initials.
 */
final class SearchWords {
    private static final Pattern RUN = Pattern.compile("([a-z0-9]+)|[^\\x00-\\x7f、，。；：？！（）《》·　]+");

    private SearchWords() {}

    /** A literal for {@code ::tsquery}; empty when the question has no word. */
    static String every(String question) {
        StringJoiner all = new StringJoiner(" & ");
        Matcher runs = RUN.matcher(question.toLowerCase(Locale.ROOT));
        while (runs.find()) {
            String word = runs.group(1);
            if (word == null) {
                pairs(runs.group().codePoints().toArray(), all);
            } else {
                all.add("('" + word + "':* | '~" + word + "':*)");
            }
        }
        return all.toString();
    }

    private static void pairs(int[] characters, StringJoiner all) {
        if (characters.length == 1) {
            all.add("'" + Character.toString(characters[0]) + "'");
        }
        for (int i = 0; i + 1 < characters.length; i++) {
            all.add("'" + new String(characters, i, 2) + "'");
        }
    }
}
