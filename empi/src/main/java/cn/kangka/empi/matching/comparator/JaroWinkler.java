package cn.kangka.empi.matching.comparator;

/**
 * Jaro–Winkler similarity, 0 to 1, with the usual prefix of up to four characters and scale of 0.1, given from a Jaro
 * similarity of 0.7 on (Winkler 1990).
 */
public final class JaroWinkler implements FieldComparator {
    private static final int PREFIX = 4;
    private static final double SCALE = 0.1;
    private static final double BOOSTED_FROM = 0.7;
    private static final int MASK = 64;

    @Override
    public Object prepare(String[] parts) {
        return Text.of(parts[0]);
    }

    @Override
    public double similarity(Object one, Object other, double atLeast) {
        Text first = (Text) one;
        Text second = (Text) other;
        return first.isBefore(second) ? ordered(first, second, atLeast) : ordered(second, first, atLeast);
    }

    private static double ordered(Text shorter, Text longer, double atLeast) {
        if (shorter.length() == 0) {
            return longer.length() == 0 ? 1 : 0;
        }
        int prefix = prefix(shorter.characters(), longer.characters());
        int mostMatches = shorter.length() - shorter.foreignTo(longer);
        if (boosted(jaro(mostMatches, 0, shorter.length(), longer.length()), prefix) < atLeast) {
            return UNLIKE;
        }
        double jaro = longer.length() <= MASK
                ? masked(shorter.characters(), longer.characters())
                : unmasked(shorter.characters(), longer.characters());
        return boosted(jaro, prefix);
    }

    private static double boosted(double jaro, int prefix) {
        return jaro < BOOSTED_FROM ? jaro : jaro + SCALE * prefix * (1 - jaro);
    }

    private static double jaro(int matches, int halfTranspositions, int oneLength, int otherLength) {
        if (matches == 0) {
            return 0;
        }
        double m = matches;
        return (m / oneLength + m / otherLength + (m - halfTranspositions / 2.0) / m) / 3;
    }

    private static int prefix(char[] shorter, char[] longer) {
        int most = Math.min(PREFIX, shorter.length);
        int prefix = 0;
        while (prefix < most && shorter[prefix] == longer[prefix]) {
            prefix++;
        }
        return prefix;
    }

    private static double masked(char[] shorter, char[] longer) {
        int range = Math.max(longer.length / 2 - 1, 0);
        long matchedShorter = 0;
        long matchedLonger = 0;
        int matches = 0;
        for (int i = 0; i < shorter.length; i++) {
            int to = Math.min(i + range + 1, longer.length);
            for (int j = Math.max(i - range, 0); j < to; j++) {
                if (shorter[i] == longer[j] && (matchedLonger >>> j & 1) == 0) {
                    matchedShorter |= 1L << i;
                    matchedLonger |= 1L << j;
                    matches++;
                    break;
                }
            }
        }
        int transposed = transposed(shorter, matchedShorter, longer, matchedLonger);
        return jaro(matches, transposed, shorter.length, longer.length);
    }

    private static int transposed(char[] shorter, long matchedShorter, char[] longer, long matchedLonger) {
        int transposed = 0;
        long restShorter = matchedShorter;
        long restLonger = matchedLonger;
        while (restShorter != 0) {
            int i = Long.numberOfTrailingZeros(restShorter);
            int j = Long.numberOfTrailingZeros(restLonger);
            transposed += shorter[i] == longer[j] ? 0 : 1;
            restShorter &= restShorter - 1;
            restLonger &= restLonger - 1;
        }
        return transposed;
    }

    /** Texts of more than 64 characters are rare enough to allocate for. */
    private static double unmasked(char[] shorter, char[] longer) {
        int range = Math.max(longer.length / 2 - 1, 0);
        boolean[] taken = new boolean[longer.length];
        char[] matched = new char[shorter.length];
        int matches = 0;
        for (int i = 0; i < shorter.length; i++) {
            int to = Math.min(i + range + 1, longer.length);
            for (int j = Math.max(i - range, 0); j < to; j++) {
                if (shorter[i] == longer[j] && !taken[j]) {
                    taken[j] = true;
                    matched[matches++] = shorter[i];
                    break;
                }
            }
        }
        int transposed = 0;
        for (int j = 0, k = 0; k < matches; j++) {
            if (taken[j]) {
                transposed += matched[k++] == longer[j] ? 0 : 1;
            }
        }
        return jaro(matches, transposed, shorter.length, longer.length);
    }
}
