package cn.kangka.empi.matching.record;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.matching.model.ModelReader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordSetTest {
    private static final String MODEL = """
            model: people
            id: id
            source: hospital
            uniqueWithinSource: %s
            fields:
              phone: {levels: [exact, damerau-levenshtein: 1, else], separator: ';', common-above: 2, normalise: [digits]}
              papers: {columns: [number, type], levels: [typed-id, else]}
            blocks: [phone]
            """;

    private static RecordSet.Builder builder(String unique) {
        return new RecordSet.Builder(ModelReader.read(MODEL.formatted(unique)));
    }

    private static void add(RecordSet.Builder builder, int file, String id, String hospital, String phone) {
        Map<String, String> row = new HashMap<>();
        row.put("hospital", hospital);
        row.put("phone", phone);
        row.put("number", "N" + id);
        row.put("type", id.equals("3") ? "passport" : "card");
        builder.add(file, id, row::get);
    }

    @Test
    void without_a_word_every_pair_is_compared() {
        RecordSet.Builder builder = builder("no");
        add(builder, 0, "1", "A", null);
        add(builder, 0, "2", "A", null);
        add(builder, 0, "3", "B", null);
        RecordSet records = builder.build();
        assertThat(records.pairs()).isEqualTo(3);
        assertThat(records.isComparable(0, 1)).isTrue();
        assertThat(records.isLink()).isFalse();
        assertThat(records.source(2)).isEqualTo("B");
    }

    @Test
    void a_source_that_has_no_human_twice_is_not_compared_with_itself() {
        RecordSet.Builder builder = builder("[A]");
        add(builder, 0, "1", "A", null);
        add(builder, 0, "2", "A", null);
        add(builder, 0, "3", "B", null);
        add(builder, 0, "4", "B", null);
        RecordSet records = builder.build();
        assertThat(records.pairs()).isEqualTo(5);
        assertThat(records.mayBeOne(0, 1)).isFalse();
        assertThat(records.mayBeOne(2, 3)).isTrue();
        assertThat(records.isComparable(0, 2)).isTrue();
    }

    @Test
    void two_files_are_linked_and_their_own_records_are_no_candidates() {
        RecordSet.Builder builder = builder("yes");
        add(builder, 0, "1", "A", null);
        add(builder, 0, "2", " ", null);
        add(builder, 1, "1", "A", null);
        add(builder, 1, "2", "", null);
        RecordSet records = builder.build();
        assertThat(records.isLink()).isTrue();
        assertThat(records.isComparable(0, 1)).isFalse();
        assertThat(records.isComparable(0, 2)).as("one source in both files").isFalse();
        assertThat(records.isComparable(0, 3)).isTrue();
        assertThat(records.source(1)).isEqualTo("1");
        assertThat(records.source(3)).isEqualTo("2");
        assertThat(records.file(3)).isEqualTo(1);
        assertThat(records.pairs()).isEqualTo(3);
    }

    @Test
    void papers_of_a_newborn_are_its_mothers_and_missing() {
        RecordSet.Builder builder = new RecordSet.Builder(ModelReader.read("""
                model: people
                id: id
                fields:
                  papers: {columns: [number], levels: [exact, else], not-of-newborns: name}
                blocks: [papers]
                """));
        builder.add(0, "1", Map.of("name", "王芳", "number", "N1")::get);
        builder.add(0, "2", Map.of("name", " 王芳 之女 ", "number", "N1")::get);
        builder.add(0, "3", Map.of("number", "N1")::get);
        RecordSet records = builder.build();
        assertThat(records.value(0, 0)).isNotNull();
        assertThat(records.value(0, 1)).isNull();
        assertThat(records.value(0, 2)).isNotNull();
    }

    @Test
    void of_several_values_the_best_pair_counts() {
        RecordSet.Builder builder = builder("no");
        add(builder, 0, "1", "A", "111-1111; 222-2222");
        add(builder, 0, "2", "A", "222-2223; 333-3333");
        add(builder, 0, "3", "A", " ; ");
        RecordSet records = builder.build();
        assertThat(records.level(0, 0, 1)).isEqualTo(1);
        assertThat(records.level(0, 0, 2)).isEqualTo(Field.MISSING);
        assertThat(records.level(1, 0, 1)).isEqualTo(1);
        assertThat(records.level(1, 0, 2)).as("a card and a passport").isEqualTo(Field.MISSING);
        assertThat(records.value(0, 0).elements()).hasSize(2);
    }

    @Test
    void a_value_that_too_many_share_is_missing() {
        RecordSet.Builder builder = builder("no");
        for (int i = 0; i < 3; i++) {
            add(builder, 0, "s" + i, "A", "1380000");
        }
        add(builder, 0, "r", "A", "1390000");
        add(builder, 0, "q", "A", "1390000");
        RecordSet records = builder.build();
        assertThat(records.value(0, 0)).isNull();
        assertThat(records.value(0, 3)).isNotNull();
        assertThat(records.value(0, 3)).isSameAs(records.value(0, 4));
    }
}
