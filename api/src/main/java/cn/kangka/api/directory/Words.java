package cn.kangka.api.directory;

import java.util.regex.Pattern;

/** Whether a question has a word in it: Chinese anywhere, other words as whole ones. */
public final class Words {
    private static final int ASCII = 0x80;
    /** Fewer letters are the beginning of too much: ENT is not Enteric. */
    private static final int LETTERS = 4;

    private Words() {}

    /** Both in lower case. */
    public static boolean in(String question, String word) {
        return latin(word)
                ? Pattern.compile("\\b" + Pattern.quote(word) + "\\b")
                        .matcher(question)
                        .find()
                : question.contains(word);
    }

    /** Whether a question is how a word begins; both in lower case. */
    static boolean begins(String question, String word) {
        return word.startsWith(question) && (question.length() >= LETTERS || !latin(question));
    }

    private static boolean latin(String word) {
        return word.chars().allMatch(character -> character < ASCII);
    }
}
