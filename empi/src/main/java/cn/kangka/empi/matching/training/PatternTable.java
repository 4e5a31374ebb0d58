package cn.kangka.empi.matching.training;

/**
 * Patterns of agreement and how often each was seen.
 *
 * @param rows level of each field, -1 for missing
 * @param counts of each row
 * @param vetoed whether a veto holds for the pairs of a row: they are never one human
 */
record PatternTable(byte[][] rows, double[] counts, boolean[] vetoed) {
    int size() {
        return rows.length;
    }

    double total() {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        return total;
    }

    /** How often a level of a field was seen. */
    double count(int field, int level) {
        double count = 0;
        for (int row = 0; row < rows.length; row++) {
            count += rows[row][field] == level ? counts[row] : 0;
        }
        return count;
    }
}
