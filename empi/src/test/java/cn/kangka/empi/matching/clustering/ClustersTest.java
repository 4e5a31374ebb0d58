package cn.kangka.empi.matching.clustering;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.matching.Linkage;
import cn.kangka.empi.matching.blocking.Blocking;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.ModelReader;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.training.Parameters;
import cn.kangka.empi.matching.training.Parameters.FieldParameters;
import cn.kangka.empi.matching.training.Parameters.LevelParameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static final LinkageModel MODEL = ModelReader.read("""
            model: letters
            id: id
            fields:
              a: {levels: [exact, else]}
              b: {levels: [exact, else]}
              c: {levels: [exact, else]}
              national: {levels: [exact, else], evidence: no}
            blocks: [a, b, c]
            thresholds: {link: 0.9, review: 0.1, conflict: 30}
            vetoes:
              - name: another national id
                when: {national: [else]}
            """);

    /** a record: id, a, b, c, national id; a dot for what is missing. */
    private record Row(String id, String a, String b, String c, String national) {
        static Row of(String text) {
            String[] parts = text.split(" ");
            return new Row(parts[0], value(parts[1]), value(parts[2]), value(parts[3]), value(parts[4]));
        }

        private static String value(String text) {
            return text.equals(".") ? null : text;
        }
    }

    @Test
    void agreement_puts_into_one_cluster_and_its_lack_does_not() {
        assertThat(clusters("1 x y z .", "2 x y z .", "3 u v w ."))
                .containsExactlyInAnyOrder(Set.of("1", "2"), Set.of("3"));
    }

    @Test
    void a_chain_whose_ends_contradict_is_not_one_cluster() {
        Set<Set<String>> clusters = clusters("1 x y z .", "2 x y q .", "3 r y q .", "4 r s q .");
        assertThat(clusters).doesNotContain(Set.of("1", "2", "3", "4"));
        assertThat(clusters).noneMatch(cluster -> cluster.containsAll(Set.of("1", "4")));
    }

    @Test
    void a_veto_parts_what_agrees_otherwise_and_a_whole_cluster_obeys_it() {
        assertThat(clusters("1 x y z P", "2 x y z Q")).containsExactlyInAnyOrder(Set.of("1"), Set.of("2"));
        Set<Set<String>> clusters = clusters("1 x y z P", "2 x y z .", "3 x y z Q");
        assertThat(clusters).noneMatch(cluster -> cluster.containsAll(Set.of("1", "3")));
    }

    @Property(tries = 300)
    void the_order_in_which_records_come_changes_nothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            rows.add(i + " " + letter(random) + " " + letter(random) + " " + letter(random) + " "
                    + (random.nextInt(4) == 0 ? "N" + random.nextInt(3) : "."));
        }
        Set<Set<String>> first = clusters(rows.toArray(String[]::new));
        Collections.shuffle(rows, random);
        assertThat(clusters(rows.toArray(String[]::new))).isEqualTo(first);
    }

    private static String letter(Random random) {
        return random.nextInt(6) == 0 ? "." : "v" + random.nextInt(4);
    }

    private static Set<Set<String>> clusters(String... rows) {
        RecordSet.Builder builder = new RecordSet.Builder(MODEL);
        for (String text : rows) {
            Row row = Row.of(text);
            Map<String, String> columns = new TreeMap<>();
            columns.put("a", row.a());
            columns.put("b", row.b());
            columns.put("c", row.c());
            columns.put("national", row.national());
            builder.add(0, row.id(), columns::get);
        }
        RecordSet records = builder.build();
        Linkage linkage = Linkage.of(MODEL, parameters(), records, new Blocking(MODEL, records), share -> {});
        Map<Integer, Set<String>> clusters = new TreeMap<>();
        for (int record = 0; record < records.size(); record++) {
            clusters.computeIfAbsent(linkage.clusters().of(record), each -> new TreeSet<>())
                    .add(records.id(record));
        }
        return clusters.values().stream().collect(Collectors.toSet());
    }

    /** Each agreement speaks for one human by seven bits, each disagreement against it by more than four. */
    private static Parameters parameters() {
        List<FieldParameters> fields = List.of("a", "b", "c").stream()
                .map(name -> new FieldParameters(
                        name,
                        List.of(
                                new LevelParameters("exact", 0.95, 0.0078, true),
                                new LevelParameters("else", 0.05, 0.9922, true))))
                .toList();
        return new Parameters(MODEL.name(), MODEL.fingerprint(), 0.01, 1000, fields);
    }
}
