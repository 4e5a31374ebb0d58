package cn.kangka.empi.matching.comparator;

import java.util.Arrays;

/** Comparators of whole texts and numbers. */
final class Strings {
    private Strings() {}

    /** The first characters are the same: 1. Shorter texts have no such prefix. */
    record Prefix(int length) implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            return parts[0].length() < length ? null : parts[0].substring(0, length);
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            return one.equals(other) ? 1 : UNLIKE;
        }
    }

    /** The last characters are the same: 1. */
    record Suffix(int length) implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            return parts[0].length() < length ? null : parts[0].substring(parts[0].length() - length);
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            return one.equals(other) ? 1 : UNLIKE;
        }
    }

    /** What stands before a separator is the same, such as the name in an e-mail address: 1. */
    record Before(String separator) implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            int at = parts[0].indexOf(separator);
            return at <= 0 ? null : parts[0].substring(0, at);
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            return one.equals(other) ? 1 : UNLIKE;
        }
    }

    /** One text begins with the other, which has at least so many characters: 1. */
    record Truncated(int shortest) implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            return parts[0].length() < shortest ? null : parts[0];
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            String left = (String) one;
            String right = (String) other;
            return left.startsWith(right) || right.startsWith(left) ? 1 : UNLIKE;
        }
    }

    /** Minus the difference of two numbers. */
    static final class NumberNear implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            try {
                double number = Double.parseDouble(parts[0]);
                return Double.isFinite(number) ? number : null;
            } catch (NumberFormatException notANumber) {
                return null;
            }
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            return -Math.abs((Double) one - (Double) other);
        }
    }

    /** Dice's coefficient of the pairs of neighbouring characters, 0 to 1: for addresses and other long texts. */
    static final class Overlap implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            String text = parts[0];
            if (text.length() < 2) {
                return null;
            }
            int[] pairs = new int[text.length() - 1];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = text.charAt(i) << 16 | text.charAt(i + 1);
            }
            Arrays.sort(pairs);
            return pairs;
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            int[] left = (int[]) one;
            int[] right = (int[]) other;
            double most = 2.0 * Math.min(left.length, right.length) / (left.length + right.length);
            if (most < atLeast) {
                return UNLIKE;
            }
            int i = 0;
            int j = 0;
            int shared = 0;
            while (i < left.length && j < right.length) {
                int order = Integer.compare(left[i], right[j]);
                shared += order == 0 ? 1 : 0;
                i += order <= 0 ? 1 : 0;
                j += order >= 0 ? 1 : 0;
            }
            return 2.0 * shared / (left.length + right.length);
        }
    }
}
