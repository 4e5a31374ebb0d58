package cn.kangka.sandbox.population;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The citizen identification number of GB 11643-1999: division, birth date, sequence (odd: male), check character. */
public final class ResidentId {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";

    private ResidentId() {}

    /**
     * @param division six digits of GB/T 2260
     * @param sequence 0 to 999, odd for a male
     */
    public static String of(int division, LocalDate birthDate, int sequence) {
        String body = String.format(
                Locale.ROOT, "%06d%s%03d", division, birthDate.format(DateTimeFormatter.BASIC_ISO_DATE), sequence);
        return body + check(body);
    }

    /** The check character of the first 17 digits (ISO 7064 MOD 11-2). */
    public static char check(String body) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % 11);
    }

    public static boolean isValid(String id) {
        return id.matches("[1-9]\\d{16}[\\dX]") && check(id) == id.charAt(17) && hasBirthDate(id);
    }

    private static boolean hasBirthDate(String id) {
        try {
            LocalDate.parse(id.substring(6, 14), DateTimeFormatter.BASIC_ISO_DATE);
            return true;
        } catch (DateTimeException notADate) {
            return false;
        }
    }
}
