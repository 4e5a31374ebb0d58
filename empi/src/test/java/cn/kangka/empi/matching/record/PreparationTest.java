package cn.kangka.empi.matching.record;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.matching.model.ModelReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreparationTest {
    private final Preparation preparation = new Preparation(ModelReader.read("""
            model: people
            id: id
            fields:
              name: {levels: [exact, else]}
              birth: {levels: [exact, else]}
              sex: {levels: [exact, else]}
              town: {levels: [exact, else]}
              phone: {levels: [exact, else], separator: ' ', common-above: 3}
            blocks:
              - name + birth
              - phone
              - {keys: birth, split: [sex, town first 2], limit: 7}
            """));

    @Test
    void a_block_has_ever_finer_keys_as_far_as_values_are_there() {
        assertThat(blocks(Map.of("birth", "1980", "sex", "f", "town", "york")))
                .containsExactly(List.of("birth|1980", "birth|1980 / sex|f", "birth|1980 / sex|f / town first 2|yo"));
        assertThat(blocks(Map.of("birth", "1980", "sex", "f")))
                .containsExactly(List.of("birth|1980", "birth|1980 / sex|f"));
        assertThat(blocks(Map.of("birth", "1980", "town", "york"))).containsExactly(List.of("birth|1980"));
        assertThat(blocks(Map.of("town", "york"))).isEmpty();
    }

    @Test
    void each_value_of_an_array_is_in_a_block_and_counted() {
        PreparedRecord record = preparation.prepare(Map.of("phone", "1 2", "name", "ann", "birth", "1980")::get);
        assertThat(preparation.blocks(record).stream().map(BlockKey::pass))
                .containsExactly("name + birth", "phone", "phone", "birth");
        assertThat(preparation.blocks(record).stream().map(BlockKey::limit))
                .last()
                .isEqualTo(7);
        assertThat(preparation.countedValues(record)).isEqualTo(Map.of("phone|1", 4, "phone|2", 4));
        assertThat(preparation.countedValues(preparation.prepare(Map.of("name", "ann")::get)))
                .isEmpty();
    }

    private List<List<String>> blocks(Map<String, String> columns) {
        return preparation.blocks(preparation.prepare(columns::get)).stream()
                .map(BlockKey::keys)
                .toList();
    }
}
