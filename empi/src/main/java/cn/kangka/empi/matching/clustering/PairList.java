package cn.kangka.empi.matching.clustering;

import java.util.Arrays;

/** Pairs of records with their scores in bits; grows, and costs 16 bytes a pair. Not for several threads at once. */
public final class PairList {
    private int[] ones = new int[1 << 10];
    private int[] others = new int[1 << 10];
    private double[] scores = new double[1 << 10];
    private int size;

    public void add(int one, int other, double score) {
        if (size == ones.length) {
            ones = Arrays.copyOf(ones, size * 2);
            others = Arrays.copyOf(others, size * 2);
            scores = Arrays.copyOf(scores, size * 2);
        }
        ones[size] = one;
        others[size] = other;
        scores[size++] = score;
    }

    /** Adds all pairs of another list. */
    public PairList plus(PairList more) {
        for (int i = 0; i < more.size; i++) {
            add(more.ones[i], more.others[i], more.scores[i]);
        }
        return this;
    }

    public int size() {
        return size;
    }

    public int one(int pair) {
        return ones[pair];
    }

    public int other(int pair) {
        return others[pair];
    }

    public double score(int pair) {
        return scores[pair];
    }
}
