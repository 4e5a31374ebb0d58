package cn.kangka.empi.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.matching.blocking.Blocking;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.scoring.Scorer;
import cn.kangka.empi.matching.training.Trainer;
import cn.kangka.empi.testing.SharedData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many comparisons one core makes a second: all fields of the FEBRL model on blocked pairs, no early end. */
@Tag("proof")
class ComparisonSpeedTest {
    private static final long ROUND = 3_000_000_000L;
    private static final int ROUNDS = 5;

    @Test
    void one_core_compares_more_than_a_million_pairs_a_second() throws Exception {
        Inputs inputs = new Inputs();
        inputs.model = Path.of("..", "docs", "linkage", "febrl.yaml");
        inputs.files = List.of(SharedData.path("febrl/dataset3.csv"));
        inputs.encoding = StandardCharsets.UTF_8;
        LinkageModel model = inputs.readModel();
        RecordSet records = inputs.readRecords(model);
        Blocking blocking = new Blocking(model, records);
        Scorer scorer = new Scorer(model, Trainer.train(model, records, blocking, line -> {}), records);
        List<int[]> pairs = new ArrayList<>();
        blocking.chunks()
                .forEach(chunk -> blocking.scan(chunk, (one, other, first) -> pairs.add(new int[] {one, other})));
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.max(best, perSecond(scorer, pairs));
        }
        System.out.printf("comparisons: %,.0f pairs/s on one core%n", best);
        assertThat(best).isGreaterThan(1_000_000);
    }

    private static double perSecond(Scorer scorer, List<int[]> pairs) {
        long start = System.nanoTime();
        long compared = 0;
        double evidence = 0;
        while (System.nanoTime() - start < ROUND) {
            for (int[] pair : pairs) {
                evidence += scorer.evidence(pair[0], pair[1]);
            }
            compared += pairs.size();
        }
        assertThat(evidence).isNotNaN();
        return compared / ((System.nanoTime() - start) / 1e9);
    }
}
