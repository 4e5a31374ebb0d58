package cn.kangka.empi.matching.clustering;

import cn.kangka.empi.matching.model.Thresholds;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.scoring.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Parts one component into clusters. Begins with single records and joins, again and again, the two clusters whose members
 * agree best on average over <em>all</em> their pairs (average linkage), as long as one of these pairs is strong enough to
 * link, they agree well enough on average, none of them contradicts strongly and no veto forbids any.
 */
final class Agglomeration {
    private static final double FORBIDDEN = Double.NEGATIVE_INFINITY;

    private final RecordSet records;
    private final Scorer scorer;
    private final Thresholds thresholds;
    private final double link;
    private final int[] members;
    private final int[][] clusters;
    /** Sum of scores over all pairs between two clusters; forbidden when one of the pairs is. */
    private final double[][] sums;

    private final double[][] best;

    private Agglomeration(RecordSet records, Scorer scorer, Thresholds thresholds, int[] members) {
        this.records = records;
        this.scorer = scorer;
        this.thresholds = thresholds;
        this.link = Scorer.score(thresholds.link());
        this.members = members;
        clusters = new int[members.length][];
        sums = new double[members.length][members.length];
        best = new double[members.length][members.length];
    }

    /** The clusters of a component, each in ascending order; single records are clusters too. */
    static List<int[]> of(RecordSet records, Scorer scorer, Thresholds thresholds, int[] component) {
        int[] members = Arrays.stream(component)
                .boxed()
                .sorted(Comparator.comparing((Integer record) -> records.source(record))
                        .thenComparing(record -> records.id(record)))
                .mapToInt(Integer::intValue)
                .toArray();
        Agglomeration work = new Agglomeration(records, scorer, thresholds, members);
        work.measure();
        while (work.joinBest()) {
            // Each turn joins two clusters; the last finds none that may join.
        }
        return work.result();
    }

    private void measure() {
        for (int i = 0; i < members.length; i++) {
            clusters[i] = new int[] {members[i]};
            for (int j = 0; j < i; j++) {
                double score = score(members[j], members[i]);
                sums[i][j] = sums[j][i] = score;
                best[i][j] = best[j][i] = score;
            }
        }
    }

    /** Two records of one list that are linked with another list are not compared; they say nothing about each other. */
    private double score(int one, int other) {
        if (!records.isComparable(one, other)) {
            return FORBIDDEN;
        }
        double score = scorer.score(Math.min(one, other), Math.max(one, other));
        boolean forbidden =
                score <= -thresholds.conflict() || scorer.veto(one, other).isPresent();
        return forbidden ? FORBIDDEN : score;
    }

    private boolean joinBest() {
        int left = -1;
        int right = -1;
        double highest = thresholds.support();
        for (int i = 0; i < clusters.length; i++) {
            for (int j = 0; clusters[i] != null && j < i; j++) {
                if (clusters[j] != null && best[i][j] >= link) {
                    double average = sums[i][j] / ((double) clusters[i].length * clusters[j].length);
                    if (average > highest) {
                        highest = average;
                        left = j;
                        right = i;
                    }
                }
            }
        }
        if (left >= 0) {
            join(left, right);
        }
        return left >= 0;
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
