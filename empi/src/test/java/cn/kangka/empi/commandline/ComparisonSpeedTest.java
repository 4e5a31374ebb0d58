package cn.kangka.empi.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.testing.SharedData;
import java.util.Collection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How many comparisons one core makes a second, and what they leave for the collector; about a minute. */
@Tag("proof")
class ComparisonSpeedTest {
    @Test
    void one_core_compares_more_than_a_million_pairs_a_second() throws Exception {
        SharedData.path("febrl/dataset3.csv"); // Skips where it is missing.
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ComparisonBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .threads(1)
                        .forks(2)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(3))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(3))
                        .build())
                .run();
        assertThat(results).hasSize(1).allSatisfy(result -> {
            assertThat(result.getPrimaryResult().getScore()).isGreaterThan(1_000_000);
            assertThat(result.getSecondaryResults().get("gc.alloc.rate.norm").getScore())
                    .as("bytes allocated by one comparison")
                    .isLessThan(1);
        });
    }
}
