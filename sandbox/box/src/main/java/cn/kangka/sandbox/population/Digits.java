package cn.kangka.sandbox.population;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How fingers slip on numbers. */
final class Digits {
    private Digits() {}

    /** Another digit at that place, where there is a digit. */
    static String mistyped(String digits, int at, Dice dice) {
        int wrong = (digits.charAt(at) - '0' + dice.between(1, 9)) % 10;
        return digits.substring(0, at) + wrong + digits.substring(at + 1);
    }

    /** Two different neighbours exchanged, both between those places (included); nothing where all are the same. */
    static Optional<String> transposed(String digits, int first, int last, Dice dice) {
        List<Integer> places = IntStream.range(first, last)
                .filter(at -> digits.charAt(at) != digits.charAt(at + 1))
                .boxed()
                .toList();
        return places.isEmpty() ? Optional.empty() : Optional.of(swapped(digits, dice.pick(places)));
    }

    /** That place and the next one exchanged. */
    static String swapped(String digits, int at) {
        char[] chars = digits.toCharArray();
        char kept = chars[at];
        chars[at] = chars[at + 1];
        chars[at + 1] = kept;
        return new String(chars);
    }
}
