package cn.kangka.empi.fhir;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OBX-7 as people write it: {@code 3.5-5.5}, {@code 3.5~5.5}, {@code <5.2}, {@code ≥ 60}, {@code 阴性}.
 *
 * @param low lowest normal value; null when open or not numeric
 * @param high highest normal value; null when open or not numeric
 * @param text as received
 */
record ReferenceRange(BigDecimal low, BigDecimal high, String text) {
    private static final String NUMBER = "([+-]?\\d+(?:\\.\\d+)?)";
    private static final Pattern BETWEEN =
            Pattern.compile(NUMBER + "\\s*(?:--?|–|—+|~|～|to|至)\\s*" + NUMBER + "(?:\\s*[^\\d\\s].*)?");
    private static final Pattern BELOW = Pattern.compile("(?:<=?|≤|＜|小于)\\s*" + NUMBER + "(?:\\s*[^\\d\\s].*)?");
    private static final Pattern ABOVE = Pattern.compile("(?:>=?|≥|＞|大于)\\s*" + NUMBER + "(?:\\s*[^\\d\\s].*)?");

    /** Null for an empty text. */
    static ReferenceRange of(String text) {
        String value = text.strip();
        if (value.isEmpty()) {
            return null;
        }
        Matcher between = BETWEEN.matcher(value);
        if (between.matches()) {
            return between(new BigDecimal(between.group(1)), new BigDecimal(between.group(2)), value);
        }
        Matcher below = BELOW.matcher(value);
        if (below.matches()) {
            return new ReferenceRange(null, new BigDecimal(below.group(1)), value);
        }
        Matcher above = ABOVE.matcher(value);
        return new ReferenceRange(above.matches() ? new BigDecimal(above.group(1)) : null, null, value);
    }

    /** A range that is the wrong way round is shown as text only: nobody guesses which end was meant. */
    private static ReferenceRange between(BigDecimal low, BigDecimal high, String text) {
        return low.compareTo(high) <= 0 ? new ReferenceRange(low, high, text) : new ReferenceRange(null, null, text);
    }
}
