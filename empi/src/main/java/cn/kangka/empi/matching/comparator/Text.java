package cn.kangka.empi.matching.comparator;

/**
 * A text ready for character comparisons.
 *
 * @param characters its UTF-16 units; never changed
 * @param bag one bit for each kind of character in it, by which most unlike texts are told apart at once
 */
record Text(char[] characters, long bag) {
    static Text of(String text) {
        char[] characters = text.toCharArray();
        long bag = 0;
        for (char each : characters) {
            bag |= 1L << (each & 63);
        }
        return new Text(characters, bag);
    }

    int length() {
        return characters.length;
    }

    /** How many characters of this at least do not occur in the other. */
    int foreignTo(Text other) {
        return Long.bitCount(bag & ~other.bag);
    }

    /** The shorter one first, then by code: comparisons that depend on order become symmetric. */
    boolean isBefore(Text other) {
        if (length() != other.length()) {
            return length() < other.length();
        }
        for (int i = 0; i < length(); i++) {
            if (characters[i] != other.characters[i]) {
                return characters[i] < other.characters[i];
            }
        }
        return false;
    }
}
