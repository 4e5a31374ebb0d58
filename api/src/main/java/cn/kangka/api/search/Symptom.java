package cn.kangka.api.search;

import cn.kangka.api.directory.Words;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One line of the table of symptoms.
 *
 * @param chinese words for it, the usual one first
 * @param english the same
 * @param codes departments of the national list that see people with it, the likeliest first
 * @param urgent whoever has it should call 120 first
 * @param group tells of whom the question is, such as a child, rather than what they have
 */
record Symptom(List<String> chinese, List<String> english, List<String> codes, boolean urgent, boolean group) {

    /** Its longest word that the question has; null when it has none. */
    String wordIn(String question) {
        return Stream.concat(chinese.stream(), english.stream())
                .filter(word -> Words.in(question, word))
                .reduce((one, other) -> one.length() >= other.length() ? one : other)
                .orElse(null);
    }

    String name(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english.get(0) : chinese.get(0);
    }
}
