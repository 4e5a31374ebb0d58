package cn.kangka.empi.matching.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.ModelReader;
import cn.kangka.empi.matching.record.RecordSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomPairsTest {
    private static final LinkageModel MODEL = ModelReader.read("""
            model: two
            id: id
            fields:
              own: {levels: [exact, else]}
              town: {levels: [exact, else]}
            blocks: [own, town]
            """);
    private static final int RECORDS = 600;
    private static final int MOST = 64 * 500;

    private final Patterns patterns = new Patterns(MODEL);
    private final RecordSet records = records();

    /** Everybody is the only one of a name; towns have different sizes. */
    private static RecordSet records() {
        RecordSet.Builder builder = new RecordSet.Builder(MODEL);
        Random random = new Random(9);
        for (int i = 0; i < RECORDS; i++) {
            builder.add(
                    0,
                    "r" + i,
                    Map.of("own", "n" + i, "town", "t" + (int) (9 * random.nextDouble() * random.nextDouble()))::get);
        }
        return builder.build();
    }

    @Test
    void few_pairs_are_all_looked_at_once() {
        PatternTable table = patterns.table(RandomPairs.count(records, patterns, RECORDS * (RECORDS - 1) / 2));
        assertThat(table.total()).isEqualTo(RECORDS * (RECORDS - 1) / 2.0);
        assertThat(table.count(0, 0)).as("nobody is compared with himself").isZero();
    }

    @Test
    void of_many_so_many_are_drawn_evenly_and_the_same_again() {
        PatternTable all = patterns.table(RandomPairs.count(records, patterns, Integer.MAX_VALUE));
        PatternTable drawn = patterns.table(RandomPairs.count(records, patterns, MOST));
        assertThat(drawn.total()).isEqualTo(MOST);
        assertThat(drawn.count(0, 0)).as("nobody is compared with himself").isZero();
        assertThat(drawn.count(1, 0) / drawn.total()).isCloseTo(all.count(1, 0) / all.total(), within(0.01));
        PatternTable again = patterns.table(RandomPairs.count(records, patterns, MOST));
        assertThat(again.count(1, 0)).isEqualTo(drawn.count(1, 0));
    }
}
