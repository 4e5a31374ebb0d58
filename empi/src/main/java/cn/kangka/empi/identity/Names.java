package cn.kangka.empi.identity;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of people: how they are shown, and the key by which two spellings of one name agree. */
public final class Names {
    private static final char FIRST = '\u4E00';
    private static final char LAST = '\u9FFF';
    private static final Pattern MIDDLE_DOTS =
            Pattern.compile("[\u00B7\u2022\u2027\u30FB\uFF65\u22C5\u2219\u0387\u2E31]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern NEWBORN = Pattern.compile(".+之[子女婴][一二三甲乙丙大小\\d]?");

    private Names() {}

    /** The whole name: Chinese without a blank, others given name first. Null when both are absent. */
    public static String whole(String family, String given) {
        String first = tidy(family);
        String second = tidy(given);
        if (first.isEmpty() && second.isEmpty()) {
            return null;
        }
        if (isHan(first) || isHan(second)) {
            return first + second;
        }
        return (second + " " + first).strip();
    }

    /** NFKC, one middle dot, single blanks, none between Chinese characters. Empty for null. */
    public static String tidy(String name) {
        if (name == null) {
            return "";
        }
        if (isPlain(name)) {
            return name;
        }
        String normal = MIDDLE_DOTS
                .matcher(Normalizer.normalize(name, Normalizer.Form.NFKC))
                .replaceAll("·");
        String spaced =
                BLANKS.matcher(normal).replaceAll(isHan(normal) ? "" : " ").strip();
        // Where a blank went, marks meet that NFKC had kept apart.
        return Normalizer.normalize(spaced, Normalizer.Form.NFKC);
    }

    /** Whether there is nothing but Chinese characters of the basic block in it, as in nearly all names. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < FIRST || name.charAt(i) > LAST) {
                return false;
            }
        }
        return true;
    }

    /** The comparison key: case and, in names that are not Chinese, order of the parts do not matter. */
    public static String key(String name) {
        String tidy = tidy(name).toLowerCase(Locale.ROOT);
        return isHan(tidy)
                ? tidy
                : Arrays.stream(tidy.split("[ ,]+"))
                        .filter(part -> !part.isEmpty())
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    /** Whether it is what maternity wards write before a child has a name: 张三之子. */
    public static boolean isNewborn(String name) {
        return name != null && name.indexOf('之') > 0 && NEWBORN.matcher(name).matches();
    }

    /** Whether there is a Chinese character in it. */
    public static boolean isHan(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (Character.UnicodeScript.of(text.codePointAt(i)) == Character.UnicodeScript.HAN) {
                return true;
            }
        }
        return false;
    }
}
