package cn.kangka.empi.commandline;

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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Pair after pair of FEBRL 3, as its blocks make them: all fields of the model, no early end. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ComparisonBenchmark {
    private RecordSet records;
    private Scorer scorer;
    private int[] ones;
    private int[] others;
    private int next;

    /** Trains the model and keeps the pairs. */
    @Setup
    public void prepare() throws Exception {
        Inputs inputs = new Inputs();
        inputs.model = Path.of("..", "docs", "linkage", "febrl.yaml");
        inputs.files = List.of(SharedData.path("febrl/dataset3.csv"));
        inputs.encoding = StandardCharsets.UTF_8;
        LinkageModel model = inputs.readModel();
        records = inputs.readRecords(model);
        Blocking blocking = new Blocking(model, records);
        scorer = Scorer.of(model, Trainer.train(model, records, blocking, line -> {}), records);
        List<int[]> pairs = new ArrayList<>();
        blocking.chunks()
                .forEach(chunk -> blocking.scan(chunk, (one, other, first) -> pairs.add(new int[] {one, other})));
        ones = pairs.stream().mapToInt(pair -> pair[0]).toArray();
        others = pairs.stream().mapToInt(pair -> pair[1]).toArray();
    }

    /** One comparison; its answer goes to JMH, so that it is not compiled away. */
    @Benchmark
    public double compare() {
        if (++next == ones.length) {
            next = 0;
        }
        return scorer.score(records.record(ones[next]), records.record(others[next]));
    }
}
