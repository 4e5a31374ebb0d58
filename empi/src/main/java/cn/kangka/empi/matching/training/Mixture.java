package cn.kangka.empi.matching.training;

import java.util.Arrays;

/**
 * The two-class mixture behind Fellegi–Sunter: pairs are one human with chance {@code prior} and then agree by m, or are
 * not and agree by u; fields independent within a class, missing values left out. Estimates are kept off zero by what is
 * believed beforehand (Dirichlet).
 */
final class Mixture {
    private static final double BELIEF = 2;
    private static final double BEST_LEVEL = 0.9;

    final double[][] m;
    final double[][] u;
    double prior;

    Mixture(double[][] m, double[][] u, double prior) {
        this.m = m;
        this.u = u;
        this.prior = prior;
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
        return new Mixture(copy(m), copy(u), prior);
    }

    static double[][] copy(double[][] table) {
        return Arrays.stream(table).map(double[]::clone).toArray(double[][]::new);
    }

    /** The chance that a pair of this pattern is one human, by the fields that count. */
    double posterior(byte[] row, boolean[] counts) {
        double odds = Math.log(prior) - Math.log1p(-prior);
        for (int field = 0; field < row.length; field++) {
            if (counts[field] && row[field] >= 0) {
                odds += Math.log(m[field][row[field]] / u[field][row[field]]);
            }
        }
        return 1 / (1 + Math.exp(-odds));
    }

    double[] posteriors(PatternTable table, boolean[] counts) {
        double[] posteriors = new double[table.size()];
        for (int row = 0; row < posteriors.length; row++) {
            posteriors[row] = table.vetoed()[row] ? 0 : posterior(table.rows()[row], counts);
        }
        return posteriors;
    }

    static double expected(PatternTable table, double[] posteriors) {
        double sum = 0;
        for (int row = 0; row < posteriors.length; row++) {
            sum += table.counts()[row] * posteriors[row];
        }
        return sum;
    }

    /** Sets m to what the pairs that are one human show. */
    void learnM(PatternTable table, double[] posteriors, double[][] believed, boolean[] counts) {
        for (int field = 0; field < m.length; field++) {
            if (counts[field]) {
                m[field] = shares(table, posteriors, field, believed[field]);
            }
        }
    }

    /** Sets u to what the other pairs show. */
    void learnU(PatternTable table, double[] posteriors, double[][] believed, boolean[] counts) {
        double[] others = Arrays.stream(posteriors).map(p -> 1 - p).toArray();
        for (int field = 0; field < u.length; field++) {
            if (counts[field]) {
                u[field] = shares(table, others, field, believed[field]);
            }
        }
    }

    private static double[] shares(PatternTable table, double[] weights, int field, double[] believed) {
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
