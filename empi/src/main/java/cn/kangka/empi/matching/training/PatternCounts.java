package cn.kangka.empi.matching.training;

/** Counts patterns of agreement: one number that holds the level of every field. */
final class PatternCounts {
    private static final long FREE = -1;

    private long[] patterns = newPatterns(1 << 8);
    private double[] counts = new double[1 << 8];
    private int size;

    private static long[] newPatterns(int length) {
        long[] patterns = new long[length];
        java.util.Arrays.fill(patterns, FREE);
        return patterns;
    }

    void add(long pattern, double count) {
        if (size * 2 > patterns.length) {
            grow();
        }
        int at = slot(pattern);
        size += patterns[at] == FREE ? 1 : 0;
        patterns[at] = pattern;
        counts[at] += count;
    }

    private int slot(long pattern) {
        int mask = patterns.length - 1;
        long mixed = pattern * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & mask;
        while (patterns[at] != FREE && patterns[at] != pattern) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldPatterns = patterns;
        double[] oldCounts = counts;
        patterns = newPatterns(oldPatterns.length * 2);
        counts = new double[patterns.length];
        size = 0;
        for (int i = 0; i < oldPatterns.length; i++) {
            if (oldPatterns[i] != FREE) {
                add(oldPatterns[i], oldCounts[i]);
            }
        }
    }

    PatternCounts plus(PatternCounts other) {
        for (int i = 0; i < other.patterns.length; i++) {
            if (other.patterns[i] != FREE) {
                add(other.patterns[i], other.counts[i]);
            }
        }
        return this;
    }

    int size() {
        return size;
    }

    /** All patterns in ascending order, so that sums do not depend on the order of counting. */
    long[] sortedPatterns() {
        return java.util.Arrays.stream(patterns)
                .filter(each -> each != FREE)
                .sorted()
                .toArray();
    }

    double count(long pattern) {
        return counts[slot(pattern)];
    }

    double total() {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        return total;
    }
}
