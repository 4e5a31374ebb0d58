package cn.kangka.empi.matching.clustering;

import cn.kangka.empi.matching.model.Thresholds;
import cn.kangka.empi.matching.scoring.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins clusters. Again and again the two clusters whose members agree best on average over <em>all</em> their pairs
 * (average linkage) become one, as long as one of these pairs is strong enough to link, they agree well enough on average
 * and none of them is forbidden.
 */
final class Agglomeration {
    private static final int EVERY = -1;
    private static final int NONE = -1;

    private final Thresholds thresholds;
    private final double link;
    private final int[][] clusters;
    private final PairScores pairs;
    /** The cluster that grows; {@link #EVERY} when any two may join. */
    private final int growing;
    /** Sum of scores over all pairs between two clusters; forbidden when one of the pairs is. */
    private final double[][] sums;

    private final double[][] best;

    private Agglomeration(Thresholds thresholds, List<int[]> begin, int growing, PairScores pairs) {
        this.thresholds = thresholds;
        this.link = Scorer.score(thresholds.link());
        this.clusters = begin.toArray(int[][]::new);
        this.growing = growing;
        this.pairs = pairs;
        sums = new double[clusters.length][clusters.length];
        best = new double[clusters.length][clusters.length];
        measure();
    }

    /** The clusters of a component of single records, each in ascending order; single ones are clusters too. */
    static List<int[]> of(Thresholds thresholds, int size, PairScores pairs) {
        List<int[]> single = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            single.add(new int[] {i});
        }
        Agglomeration work = new Agglomeration(thresholds, single, EVERY, pairs);
        while (work.joinBest() != NONE) {
            // Each turn joins two clusters; the last finds none that may join.
        }
        return work.result();
    }

    /** The numbers of the clusters that join the growing one, in the order in which they do. */
    static List<Integer> growth(Thresholds thresholds, List<int[]> begin, int growing, PairScores pairs) {
        Agglomeration work = new Agglomeration(thresholds, begin, growing, pairs);
        List<Integer> joined = new ArrayList<>();
        for (int number = work.joinBest(); number != NONE; number = work.joinBest()) {
            joined.add(number);
        }
        return joined;
    }

    private void measure() {
        for (int i = 0; i < clusters.length; i++) {
            for (int j = 0; j < i; j++) {
                double sum = 0;
                double highest = PairScores.FORBIDDEN;
                for (int one : clusters[j]) {
                    for (int other : clusters[i]) {
                        double score = pairs.score(one, other);
                        sum += score;
                        highest = Math.max(highest, score);
                    }
                }
                sums[i][j] = sums[j][i] = sum;
                best[i][j] = best[j][i] = highest;
            }
        }
    }

    /** The number of the cluster that is no more; {@link #NONE} when no two may join. */
    private int joinBest() {
        int left = NONE;
        int right = NONE;
        double highest = thresholds.support();
        for (int i = 0; i < clusters.length; i++) {
            for (int j = 0; clusters[i] != null && j < i; j++) {
                if (clusters[j] != null && mayGrow(i, j) && best[i][j] >= link) {
                    double average = sums[i][j] / ((double) clusters[i].length * clusters[j].length);
                    if (average > highest) {
                        highest = average;
                        left = i == growing ? i : j;
                        right = i == growing ? j : i;
                    }
                }
            }
        }
        if (left >= 0) {
            join(left, right);
        }
        return right;
    }

    private boolean mayGrow(int one, int other) {
        return growing == EVERY || one == growing || other == growing;
    }

    private void join(int left, int right) {
        int[] joined = Arrays.copyOf(clusters[left], clusters[left].length + clusters[right].length);
        System.arraycopy(clusters[right], 0, joined, clusters[left].length, clusters[right].length);
        clusters[left] = joined;
        clusters[right] = null;
        for (int i = 0; i < clusters.length; i++) {
            if (clusters[i] != null && i != left) {
                sums[i][left] = sums[left][i] = sums[left][i] + sums[right][i];
                best[i][left] = best[left][i] = Math.max(best[left][i], best[right][i]);
            }
        }
    }

    private List<int[]> result() {
        List<int[]> result = new ArrayList<>();
        for (int[] cluster : clusters) {
            if (cluster != null) {
                Arrays.sort(cluster);
                result.add(cluster);
            }
        }
        return result;
    }
}
