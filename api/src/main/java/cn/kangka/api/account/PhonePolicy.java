package cn.kangka.api.account;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Mobile numbers in one spelling, the index's: a limit or a comparison must not fall to another one.
 *
 * @param phones which are mobile numbers
 */
record PhonePolicy(Pattern phones) {
    private static final Pattern OTHER = Pattern.compile("[^0-9]");
    private static final Pattern COUNTRY = Pattern.compile("^(00)?86(?=1\\d{10}$)");

    static PhonePolicy of(String pattern) {
        return new PhonePolicy(Pattern.compile(pattern));
    }

    /** Digits, without +86, 0086 or 86; null when it is no mobile number. */
    String normal(String text) {
        String digits =
                OTHER.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
        String bare = COUNTRY.matcher(digits).replaceFirst("");
        return phones.matcher(bare).matches() ? bare : null;
    }
}
