package cn.kangka.api.directory;

import java.util.regex.Pattern;

/** Whether a question has a word in it: Chinese anywhere, other words as whole ones. */
public final class Words {
    private static final int ASCII = 0x80;

    private Words() {}

    /** Both in lower case. */
    public static boolean in(String question, String word) {
        boolean latin = word.chars().allMatch(character -> character < ASCII);
        return latin
                ? Pattern.compile("\\b" + Pattern.quote(word) + "\\b")
                        .matcher(question)
                        .find()
                : question.contains(word);
    }
}
