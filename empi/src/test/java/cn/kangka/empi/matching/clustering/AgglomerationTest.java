package cn.kangka.empi.matching.clustering;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.matching.model.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The rule as it reads, computed anew for every step, is the oracle. */
class AgglomerationTest {
    private static final Thresholds THRESHOLDS = new Thresholds(0.9, 0.1, 1, 30);
    /** log2(0.9 / 0.1). */
    private static final double LINK = 3.17;

    @Property(tries = 500)
    void the_best_agreeing_pair_of_clusters_joins_until_none_may(@ForAll long seed) {
        Random random = new Random(seed);
        double[][] scores = scores(random, 2 + random.nextInt(7));
        List<int[]> found = Agglomeration.of(THRESHOLDS, scores.length, (one, other) -> scores[one][other]);
        List<List<Integer>> expected = singles(scores.length);
        while (joinBest(expected, scores, -1) >= 0) {
            // until none may
        }
        assertThat(found.stream()
                        .map(cluster -> Arrays.stream(cluster).boxed().toList())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(cluster -> !cluster.isEmpty())
                        .map(cluster -> cluster.stream().sorted().toList())
                        .toList());
    }

    @Property(tries = 500)
    void one_cluster_grows_by_the_same_rule(@ForAll long seed) {
        Random random = new Random(seed);
        double[][] scores = scores(random, 3 + random.nextInt(6));
        List<List<Integer>> begin = new ArrayList<>();
        for (int record = 0; record < scores.length; record++) {
            if (begin.isEmpty() || random.nextBoolean()) {
                begin.add(new ArrayList<>());
            }
            begin.get(begin.size() - 1).add(record);
        }
        int growing = random.nextInt(begin.size());
        List<Integer> joined = Growth.of(
                THRESHOLDS,
                begin.stream()
                        .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                        .toList(),
                growing,
                (one, other) -> scores[one][other]);
        List<Integer> expected = new ArrayList<>();
        for (int number = joinBest(begin, scores, growing); number >= 0; number = joinBest(begin, scores, growing)) {
            expected.add(number);
        }
        assertThat(joined).isEqualTo(expected);
    }

    @Test
    void agreement_of_exactly_the_support_is_too_little_and_of_exactly_the_link_enough() {
        double link = cn.kangka.empi.matching.scoring.Scorer.score(0.9);
        assertThat(Agglomeration.of(THRESHOLDS, 2, (one, other) -> link)).hasSize(1);
        assertThat(Agglomeration.of(THRESHOLDS, 2, (one, other) -> Math.nextDown(link)))
                .hasSize(2);
        Thresholds demanding = new Thresholds(0.9, 0.1, link, 30);
        assertThat(Agglomeration.of(demanding, 2, (one, other) -> link)).hasSize(2);
    }

    private static double[][] scores(Random random, int size) {
        double[][] scores = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double score = random.nextInt(8) == 0 ? PairScores.FORBIDDEN : random.nextDouble() * 24 - 10;
                scores[i][j] = scores[j][i] = score;
            }
        }
        return scores;
    }

    private static List<List<Integer>> singles(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> (List<Integer>) new ArrayList<>(List.of(i)))
                .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
    }

    /** Joins the best two; the number of the one that is empty then, -1 when none may join. */
    private static int joinBest(List<List<Integer>> clusters, double[][] scores, int growing) {
        int left = -1;
        int right = -1;
        double highest = THRESHOLDS.support();
        for (int i = 0; i < clusters.size(); i++) {
            for (int j = 0; j < i; j++) {
                List<Double> between = between(clusters.get(i), clusters.get(j), scores);
                boolean may = growing < 0 || i == growing || j == growing;
                if (may && between.stream().anyMatch(score -> score >= LINK)) {
                    double average = between.stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElseThrow();
                    if (average > highest) {
                        highest = average;
                        left = i == growing ? i : j;
                        right = i == growing ? j : i;
                    }
                }
            }
        }
        if (left >= 0) {
            clusters.get(left).addAll(clusters.get(right));
            clusters.get(right).clear();
        }
        return right;
    }

    private static List<Double> between(List<Integer> some, List<Integer> others, double[][] scores) {
        return some.stream()
                .flatMap(one -> others.stream().map(other -> scores[one][other]))
                .toList();
    }
}
