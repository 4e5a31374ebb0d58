package cn.kangka.kit.masking;

/** How identifiers are shown to people who need to recognise them but not to know them. */
public final class Masks {
    private static final int SHOWN_HEAD = 3;
    private static final int SHOWN_TAIL = 4;

    private Masks() {}

    /** First three and last four characters; a text too short for that is hidden whole. Null stays null. */
    public static String number(String value) {
        if (value == null) {
            return null;
        }
        int hidden = value.length() - SHOWN_HEAD - SHOWN_TAIL;
        return hidden <= 0
                ? "*".repeat(value.length())
                : value.substring(0, SHOWN_HEAD) + "*".repeat(hidden) + value.substring(value.length() - SHOWN_TAIL);
    }

    /** The first character (code point) of a name; the others become stars, at least one. Null stays null. */
    public static String name(String value) {
        if (value == null || value.isBlank()) {
            return value;
        }
        String trimmed = value.strip();
        int first = trimmed.offsetByCodePoints(0, 1);
        int rest = Math.min(2, Math.max(1, trimmed.codePointCount(first, trimmed.length())));
        return trimmed.substring(0, first) + "*".repeat(rest);
    }
}
