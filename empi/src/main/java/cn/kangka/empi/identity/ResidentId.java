package cn.kangka.empi.identity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * The citizen identification number of GB 11643-1999: 6 digits division, 8 birth date, 3 sequence (odd: male), 1 check
 * character (ISO 7064 MOD 11-2). The 15-digit form of before 1999 is upgraded.
 */
public final class ResidentId {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final String OLD = "\\d{15}";
    private static final String NEW = "\\d{17}[0-9X]";

    private ResidentId() {}

    /** Whether a normalised text has the form of one; says nothing of its check character. */
    public static boolean looksLikeOne(String number) {
        return number.matches(NEW) || number.matches(OLD);
    }

    /** The 18-character form; other texts as they are. */
    public static String upgraded(String number) {
        if (!number.matches(OLD)) {
            return number;
        }
        String body = number.substring(0, 6) + "19" + number.substring(6);
        return body + check(body);
    }

    /** Whether form, birth date and check character are right. */
    public static boolean isValid(String number) {
        return number.matches(NEW)
                && check(number.substring(0, 17)) == number.charAt(17)
                && birthDate(number).isPresent();
    }

    /** The birth date inside; empty when it is none. */
    public static Optional<LocalDate> birthDate(String number) {
        try {
            return number.matches(NEW) ? Optional.of(LocalDate.parse(number.substring(6, 14), DATE)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The sex inside; UNKNOWN when the form is not right. */
    public static Sex sex(String number) {
        if (!number.matches(NEW)) {
            return Sex.UNKNOWN;
        }
        return number.charAt(16) % 2 == 1 ? Sex.MALE : Sex.FEMALE;
    }

    /** The check character of 17 digits. */
    public static char check(String body) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (body.charAt(i) - '0');
        }
        return CHECKS.charAt(sum % 11);
    }
}
