package cn.kangka.empi.matching.comparator;

/**
 * Minus the number of edits that turn one text into the other: insertions, deletions, substitutions and swaps of
 * neighbours, no part edited twice (optimal string alignment).
 */
public final class DamerauLevenshtein implements FieldComparator {
    private static final int SEARCHED = 3;

    @Override
    public Object prepare(String[] parts) {
        return Text.of(parts[0]);
    }

    @Override
    public double similarity(Object one, Object other, double atLeast) {
        Text first = (Text) one;
        Text second = (Text) other;
        int most = (int) Math.min(-atLeast, Math.max(first.length(), second.length()));
        if (Math.abs(first.length() - second.length()) > most
                || first.foreignTo(second) > most
                || second.foreignTo(first) > most) {
            return UNLIKE;
        }
        int distance = most <= SEARCHED
                ? search(first.characters(), 0, second.characters(), 0, most)
                : table(first.characters(), second.characters());
        return distance > most ? UNLIKE : -distance;
    }

    /** The distance of the rests, or more than {@code most} when it is more. Allocates nothing. */
    private static int search(char[] one, int oneFrom, char[] other, int otherFrom, int most) {
        int i = oneFrom;
        int j = otherFrom;
        while (i < one.length && j < other.length && one[i] == other[j]) {
            i++;
            j++;
        }
        int oneLeft = one.length - i;
        int otherLeft = other.length - j;
        if (oneLeft == 0 || otherLeft == 0) {
            return oneLeft + otherLeft;
        }
        if (Math.abs(oneLeft - otherLeft) > most || most == 0) {
            return most + 1;
        }
        int best = most + 1;
        if (oneLeft > 1 && otherLeft > 1 && one[i] == other[j + 1] && one[i + 1] == other[j]) {
            best = Math.min(best, 1 + search(one, i + 2, other, j + 2, best - 2));
        }
        if (best > 1) {
            best = Math.min(best, 1 + search(one, i + 1, other, j + 1, best - 2));
        }
        if (best > 1) {
            best = Math.min(best, 1 + search(one, i + 1, other, j, best - 2));
        }
        return best > 1 ? Math.min(best, 1 + search(one, i, other, j + 1, best - 2)) : best;
    }

    /** The whole table, for the rare model that asks for more than three edits. */
    private static int table(char[] one, char[] other) {
        int[] before = new int[other.length + 1];
        int[] last = new int[other.length + 1];
        int[] row = new int[other.length + 1];
        for (int j = 0; j <= other.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length; i++) {
            row[0] = i;
            for (int j = 1; j <= other.length; j++) {
                int substituted = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.min(substituted, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[other.length];
    }
}
