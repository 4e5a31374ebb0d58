package cn.kangka.empi.matching.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.ModelReader;
import cn.kangka.empi.matching.record.RecordSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BlockingTest {
    private static final String FIELDS = """
            model: blocks
            id: id
            fields:
              a: {levels: [exact, else]}
              b: {levels: [exact, else]}
              c: {levels: [exact, else]}
              phones: {levels: [exact, else], separator: ';'}
            """;

    private static LinkageModel model(String blocks) {
        return ModelReader.read(FIELDS + "blocks: " + blocks);
    }

    private static RecordSet records(LinkageModel model, List<Map<String, String>> rows) {
        RecordSet.Builder builder = new RecordSet.Builder(model);
        for (int i = 0; i < rows.size(); i++) {
            builder.add(0, Integer.toString(i), rows.get(i)::get);
        }
        return builder.build();
    }

    private static Map<String, String> row(String a, String b, String c) {
        Map<String, String> row = new HashMap<>();
        row.put("a", a);
        row.put("b", b);
        row.put("c", c);
        return row;
    }

    /** The pairs that the passes find, and that each is shown as the first exactly once. */
    private static Set<String> pairs(Blocking blocking) {
        List<String> firsts = new ArrayList<>();
        Set<String> all = new TreeSet<>();
        blocking.chunks()
                .forEach(chunk -> blocking.scan(chunk, (one, other, first) -> {
                    assertThat(one).isLessThan(other);
                    all.add(one + " " + other);
                    if (first) {
                        firsts.add(one + " " + other);
                    }
                }));
        assertThat(firsts).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        return all;
    }

    @Test
    void a_missing_value_builds_no_key() {
        LinkageModel model = model("[a + b]");
        Blocking blocking = new Blocking(
                model,
                records(
                        model,
                        List.of(row("x", null, null), row("x", null, null), row("x", "y", null), row("x", "y", "z"))));
        assertThat(pairs(blocking)).containsExactly("2 3");
        assertThat(blocking.report().get(0).keyed()).isEqualTo(2);
    }

    @Test
    void two_parts_of_a_key_are_not_one_text() {
        LinkageModel model = model("[a + b]");
        Blocking blocking = new Blocking(model, records(model, List.of(row("ab", "c", null), row("a", "bc", null))));
        assertThat(pairs(blocking)).isEmpty();
    }

    @Test
    void a_block_that_is_too_big_is_split_and_counted() {
        LinkageModel model = model("[{keys: a, split: [b], limit: 3}]");
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(row("x", i < 3 ? "y" : "z", null));
        }
        rows.add(row("x", null, null));
        Blocking blocking = new Blocking(model, records(model, rows));
        assertThat(pairs(blocking)).containsExactly("0 1", "0 2", "1 2", "3 4", "3 5", "4 5");
        PassReport report = blocking.report().get(0);
        assertThat(report.split()).isEqualTo(1);
        assertThat(report.setAside()).isEqualTo(1);
        assertThat(report.oversized()).isZero();
    }

    @Test
    void a_block_that_no_key_splits_is_compared_whole_and_told() {
        LinkageModel model = model("[{keys: a, split: [b], limit: 3}]");
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(row("x", "y", null));
        }
        Blocking blocking = new Blocking(model, records(model, rows));
        assertThat(pairs(blocking)).hasSize(10);
        assertThat(blocking.report().get(0).oversized()).isEqualTo(1);
    }

    @Test
    void a_block_of_everybody_is_left_out_and_told() {
        LinkageModel model = model("[{keys: a, limit: 2}]");
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < 41; i++) {
            rows.add(row("x", null, null));
        }
        Blocking blocking = new Blocking(model, records(model, rows));
        assertThat(pairs(blocking)).isEmpty();
        assertThat(blocking.report().get(0).leftOut()).isEqualTo(41);
    }

    @Test
    void records_of_several_values_meet_by_any_of_them_once() {
        LinkageModel model = model("[phones]");
        List<Map<String, String>> rows = List.of(
                Map.of("phones", "1;2"), Map.of("phones", "2; 1"), Map.of("phones", "2;3"), Map.of("phones", "3"));
        assertThat(pairs(new Blocking(model, records(model, rows)))).containsExactly("0 1", "0 2", "1 2", "2 3");
    }

    @Property(tries = 200)
    void passes_find_what_shares_a_key_and_nothing_else(@ForAll long seed) {
        Random random = new Random(seed);
        LinkageModel model = model("[a + b, c, phones]");
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Map<String, String> row = row(word(random), word(random), word(random));
            row.put("phones", "p" + random.nextInt(40) + ";p" + random.nextInt(40));
            rows.add(row);
        }
        Blocking blocking = new Blocking(model, records(model, rows));
        Set<String> expected = new TreeSet<>();
        for (int one = 0; one < rows.size(); one++) {
            for (int other = one + 1; other < rows.size(); other++) {
                if (shareKey(rows.get(one), rows.get(other))) {
                    expected.add(one + " " + other);
                }
                assertThat(blocking.finds(one, other)).isEqualTo(shareKey(rows.get(one), rows.get(other)));
            }
        }
        assertThat(pairs(blocking)).isEqualTo(expected);
    }

    private static String word(Random random) {
        return random.nextInt(4) == 0 ? null : "w" + random.nextInt(5);
    }

    private static boolean shareKey(Map<String, String> one, Map<String, String> other) {
        List<String> phones = List.of(other.get("phones").split(";"));
        return same(one, other, "a") && same(one, other, "b")
                || same(one, other, "c")
                || List.of(one.get("phones").split(";")).stream().anyMatch(phones::contains);
    }

    private static boolean same(Map<String, String> one, Map<String, String> other, String column) {
        return one.get(column) != null && one.get(column).equals(other.get(column));
    }
}
