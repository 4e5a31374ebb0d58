package cn.kangka.empi.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** Phone numbers and ids in one spelling. */
public final class Numbers {
    private static final int SHORTEST_PHONE = 5;
    private static final int LONGEST_PHONE = 20;

    private Numbers() {}

    /** A phone: digits; +86, 0086 and 86 before a mobile number are dropped. Empty when it is none. */
    public static Optional<String> phone(String text) {
        String digits = Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[^0-9]", "");
        String bare = digits.replaceFirst("^(00)?86(?=1\\d{10}$)", "");
        return bare.length() < SHORTEST_PHONE || bare.length() > LONGEST_PHONE ? Optional.empty() : Optional.of(bare);
    }

    /** An id: half-width, upper case, no blanks; a 15-digit resident id becomes one of 18. */
    public static Document document(DocumentType type, String number) {
        String normal = Normalizer.normalize(number, Normalizer.Form.NFKC)
                .replaceAll("[\\s\u3000]", "")
                .toUpperCase(Locale.ROOT);
        return new Document(type, type == DocumentType.RESIDENT_ID ? ResidentId.upgraded(normal) : normal);
    }

    /** A number whose type the caller does not know. */
    public static String normal(String number) {
        String normal = document(DocumentType.CITED_ID, number).number();
        return ResidentId.upgraded(normal);
    }
}
