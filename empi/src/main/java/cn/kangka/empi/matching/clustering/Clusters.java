package cn.kangka.empi.matching.clustering;

import cn.kangka.empi.matching.model.Thresholds;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.scoring.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Who is whom: the number of each record's cluster. Immutable. */
public final class Clusters {
    /** A component of more records is cut at ever higher scores before it is looked at: its weakest chains go first. */
    private static final int LARGEST_COMPONENT = 1_000;

    private static final double STEP_BITS = 1;

    private final int[] numbers;
    private final int count;

    private Clusters(int[] numbers, int count) {
        this.numbers = numbers;
        this.count = count;
    }

    /**
     * @param pairs those at least strong enough to link; others are passed over
     */
    public static Clusters of(RecordSet records, Scorer scorer, Thresholds thresholds, PairList pairs) {
        List<int[]> components = components(records.size(), pairs, Scorer.score(thresholds.link()), null);
        List<int[]> clusters = components.parallelStream()
                .flatMap(component -> parted(records, scorer, thresholds, component))
                .toList();
        int[] numbers = new int[records.size()];
        Arrays.fill(numbers, -1);
        for (int[] cluster : clusters) {
            for (int record : cluster) {
                numbers[record] = cluster[0];
            }
        }
        return numbered(numbers);
    }

    /** In an order that does not depend on the file's, so that neither do ties. */
    private static Stream<int[]> parted(RecordSet records, Scorer scorer, Thresholds thresholds, int[] component) {
        int[] members = Arrays.stream(component)
                .boxed()
                .sorted(Comparator.comparing((Integer record) -> records.source(record))
                        .thenComparing(record -> records.id(record))
                        .thenComparing(record -> records.file(record)))
                .mapToInt(Integer::intValue)
                .toArray();
        PairScores scores = (one, other) -> score(records, scorer, thresholds, members[one], members[other]);
        return Agglomeration.of(thresholds, members.length, scores).stream().map(cluster -> Arrays.stream(cluster)
                .map(number -> members[number])
                .sorted()
                .toArray());
    }

    private static double score(RecordSet records, Scorer scorer, Thresholds thresholds, int one, int other) {
        if (!records.mayBeOne(one, other)) {
            return PairScores.FORBIDDEN;
        }
        PreparedRecord left = records.record(Math.min(one, other));
        PreparedRecord right = records.record(Math.max(one, other));
        double score = scorer.score(left, right);
        boolean forbidden =
                score <= -thresholds.conflict() || scorer.veto(left, right).isPresent();
        return forbidden ? PairScores.FORBIDDEN : score;
    }

    private static List<int[]> components(int records, PairList pairs, double from, boolean[] within) {
        Components connected = new Components(records);
        for (int pair = 0; pair < pairs.size(); pair++) {
            boolean inside = within == null || within[pairs.one(pair)] && within[pairs.other(pair)];
            if (inside && pairs.score(pair) >= from) {
                connected.join(pairs.one(pair), pairs.other(pair));
            }
        }
        List<int[]> fitting = new ArrayList<>();
        boolean[] large = new boolean[records];
        boolean again = false;
        for (int[] group : connected.groups()) {
            if (group.length <= LARGEST_COMPONENT) {
                fitting.add(group);
            } else {
                Arrays.stream(group).forEach(record -> large[record] = true);
                again = true;
            }
        }
        if (again) {
            fitting.addAll(components(records, pairs, from + STEP_BITS, large));
        }
        return fitting;
    }

    /** In order of first appearance, so that numbers do not depend on how the work was shared out. */
    private static Clusters numbered(int[] firsts) {
        int[] numbers = new int[firsts.length];
        int next = 0;
        for (int record = 0; record < firsts.length; record++) {
            boolean begins = firsts[record] < 0 || firsts[record] == record;
            numbers[record] = begins ? next++ : numbers[firsts[record]];
        }
        return new Clusters(numbers, next);
    }

    /** The number of a record's cluster, from 0. */
    public int of(int record) {
        return numbers[record];
    }

    public boolean together(int one, int other) {
        return numbers[one] == numbers[other];
    }

    /** How many clusters there are, single records included. */
    public int count() {
        return count;
    }
}
