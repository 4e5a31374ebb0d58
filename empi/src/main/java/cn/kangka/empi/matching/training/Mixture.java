package cn.kangka.empi.matching.training;

import java.util.Arrays;

/**
 * The mixture behind Fellegi–Sunter: pairs are one human with chance {@code prior} and then agree by m, or are not and
 * agree by u; fields independent within a class, missing values left out. When the model says what a household shares
 * there is a third class: two people of one household, who agree in those fields by h and in all others by u, like
 * strangers. Without it families are taken for people. Estimates are kept off zero by what is believed beforehand
 * (Dirichlet).
 */
final class Mixture {
    private static final double BELIEF = 2;
    private static final double BEST_LEVEL = 0.9;
    /** Beyond e^700 a double ends. */
    private static final double MOST = 600;

    final double[][] m;
    final double[][] u;
    /** Of the fields that a household shares; null for others. */
    final double[][] h;

    double prior;
    double household;

    Mixture(double[][] m, double[][] u, double[][] h, double prior, double household) {
        this.m = m;
        this.u = u;
        this.h = h;
        this.prior = prior;
        this.household = household;
    }

    /**
     * The chances of the classes, by row of a table.
     *
     * @param same one human
     * @param household two people of one household
     */
    record Shares(double[] same, double[] household) {
        double[] strangers() {
            double[] strangers = new double[same.length];
            Arrays.setAll(strangers, row -> 1 - same[row] - household[row]);
            return strangers;
        }

        /** Nobody is the same, nobody shares a household. */
        static Shares none(int rows) {
            return new Shares(new double[rows], new double[rows]);
        }
    }

    /** What is believed of m before data: nine of ten agree fully, each further level is half as likely as the one before. */
    static double[][] believedM(Patterns patterns) {
        double[][] m = new double[patterns.fields()][];
        for (int field = 0; field < m.length; field++) {
            int rest = patterns.levels(field) - 1;
            m[field] = new double[rest + 1];
            m[field][0] = BEST_LEVEL;
            double all = 2 - Math.pow(2, 1 - rest);
            for (int level = 1; level <= rest; level++) {
                m[field][level] = (1 - BEST_LEVEL) * Math.pow(2, 1 - level) / all;
            }
        }
        return m;
    }

    Mixture copy() {
        return new Mixture(copy(m), copy(u), copy(h), prior, household);
    }

    private static double[][] copy(double[][] table) {
        return Arrays.stream(table).map(row -> row == null ? null : row.clone()).toArray(double[][]::new);
    }

    /** The chances of each row, by the fields that count. */
    Shares shares(PatternTable table, boolean[] counts) {
        Shares shares = Shares.none(table.size());
        for (int row = 0; row < table.size(); row++) {
            share(table.rows()[row], table.vetoed()[row], counts, shares, row);
        }
        return shares;
    }

    /** Odds against strangers, so that what is the same in both cancels. */
    private void share(byte[] levels, boolean vetoed, boolean[] counts, Shares shares, int row) {
        double same = Math.log(prior);
        double together = household > 0 ? Math.log(household) : Double.NEGATIVE_INFINITY;
        for (int field = 0; field < levels.length; field++) {
            int level = levels[field];
            if (counts[field] && level >= 0) {
                double strangers = Math.log(u[field][level]);
                same += Math.log(m[field][level]) - strangers;
                together += h[field] == null ? 0 : Math.log(h[field][level]) - strangers;
            }
        }
        double strangers = Math.log1p(-prior - household);
        double sameOdds = vetoed ? 0 : Math.exp(Math.min(same - strangers, MOST));
        double togetherOdds = Math.exp(Math.min(together - strangers, MOST));
        double all = 1 + sameOdds + togetherOdds;
        shares.same()[row] = sameOdds / all;
        shares.household()[row] = togetherOdds / all;
    }

    static double expected(PatternTable table, double[] chances) {
        double sum = 0;
        for (int row = 0; row < chances.length; row++) {
            sum += table.counts()[row] * chances[row];
        }
        return sum;
    }

    /** Sets every chance to what the pairs of its class show; u stays when it is learnt elsewhere. */
    void learn(PatternTable table, Shares shares, Mixture believed, boolean[] counts, boolean alsoU) {
        double[] strangers = shares.strangers();
        for (int field = 0; field < m.length; field++) {
            if (counts[field]) {
                m[field] = learnt(table, shares.same(), field, believed.m[field]);
                h[field] = h[field] == null ? null : learnt(table, shares.household(), field, believed.h[field]);
                u[field] = alsoU ? learnt(table, strangers, field, believed.u[field]) : u[field];
            }
        }
    }

    /** Sets u to what the pairs of strangers show. */
    void learnU(PatternTable table, Shares shares, double[][] believed) {
        double[] strangers = shares.strangers();
        for (int field = 0; field < u.length; field++) {
            u[field] = learnt(table, strangers, field, believed[field]);
        }
    }

    private static double[] learnt(PatternTable table, double[] weights, int field, double[] believed) {
        double[] sums = new double[believed.length];
        double total = BELIEF;
        for (int row = 0; row < table.size(); row++) {
            int level = table.rows()[row][field];
            if (level >= 0) {
                double seen = table.counts()[row] * weights[row];
                sums[level] += seen;
                total += seen;
            }
        }
        for (int level = 0; level < sums.length; level++) {
            sums[level] = (sums[level] + BELIEF * believed[level]) / total;
        }
        return sums;
    }

    /** The largest change of any m since another state. */
    double distance(Mixture other) {
        double largest = Math.abs(prior - other.prior);
        for (int field = 0; field < m.length; field++) {
            for (int level = 0; level < m[field].length; level++) {
                largest = Math.max(largest, Math.abs(m[field][level] - other.m[field][level]));
            }
        }
        return largest;
    }
}
