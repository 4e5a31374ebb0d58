package cn.kangka.empi.identity;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * The citizen identification number of GB 11643-1999: 6 digits division, 8 birth date, 3 sequence (odd: male), 1 check
 * character (ISO 7064 MOD 11-2). The 15-digit form of before 1999 is upgraded.
 */
public final class ResidentId {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final int OLD_LENGTH = 15;
    private static final int NEW_LENGTH = 18;

    private ResidentId() {}

    /** Whether a normalised text has the form of one; says nothing of its check character. */
    public static boolean looksLikeOne(String number) {
        return isNew(number) || isOld(number);
    }

    private static boolean isOld(String number) {
        return number.length() == OLD_LENGTH && digits(number) == OLD_LENGTH;
    }

    private static boolean isNew(String number) {
        return number.length() == NEW_LENGTH
                && digits(number) >= NEW_LENGTH - 1
                && (number.charAt(NEW_LENGTH - 1) == 'X' || digits(number) == NEW_LENGTH);
    }

    /** How many digits it begins with. */
    private static int digits(String number) {
        int digits = 0;
        while (digits < number.length() && number.charAt(digits) >= '0' && number.charAt(digits) <= '9') {
            digits++;
        }
        return digits;
    }

    /** The 18-character form; other texts as they are. */
    public static String upgraded(String number) {
        if (!isOld(number)) {
            return number;
        }
        String body = number.substring(0, 6) + "19" + number.substring(6);
        return body + check(body);
    }

    /** Whether form, birth date and check character are right. */
    public static boolean isValid(String number) {
        return isNew(number)
                && check(number.substring(0, 17)) == number.charAt(17)
                && birthDate(number).isPresent();
    }

    /** The birth date inside; empty when it is none. */
    public static Optional<LocalDate> birthDate(String number) {
        if (!isNew(number)) {
            return Optional.empty();
        }
        int year = Integer.parseInt(number, 6, 10, 10);
        int month = Integer.parseInt(number, 10, 12, 10);
        int day = Integer.parseInt(number, 12, 14, 10);
        return year > 0
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= YearMonth.of(year, month).lengthOfMonth()
                ? Optional.of(LocalDate.of(year, month, day))
                : Optional.empty();
    }

    /** The sex inside; UNKNOWN when the form is not right. */
    public static Sex sex(String number) {
        if (!isNew(number)) {
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
