package cn.kangka.empi.card;

import java.security.SecureRandom;

/**
 * The regional card's number: 16 random digits, the last one a check digit (ISO/IEC 7812-1, Luhn), so that a typing
 * error is found at the counter. It says nothing about its holder.
 */
final class CardNumber {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_DIGITS = 15;

    private CardNumber() {}

    static String next() {
        StringBuilder digits = new StringBuilder("8");
        while (digits.length() < RANDOM_DIGITS) {
            digits.append(RANDOM.nextInt(10));
        }
        return digits.append(checkDigit(digits)).toString();
    }

    /** The Luhn digit that makes {@code digits} followed by it valid. */
    static int checkDigit(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return (10 - sum % 10) % 10;
    }
}
