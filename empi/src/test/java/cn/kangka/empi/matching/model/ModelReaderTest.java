package cn.kangka.empi.matching.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelReaderTest {
    private static final String MODEL = """
            model: people
            id: id
            fields:
              name:
                normalise: [lower]
                term-frequency: yes
                levels: [exact, jaro-winkler: 0.9, else]
              birth:
                normalise: [date]
                levels: [exact, date-swapped, else]
            blocks:
              - name first 3 + birth year
              - keys: birth
                split: [name first 1]
                limit: 50
            thresholds: {link: 0.95, review: 0.2}
            vetoes:
              - name: another birthday and another name
                when: {name: [else], birth: [else]}
            """;

    @Test
    void a_model_is_read_as_it_is_written() {
        LinkageModel model = ModelReader.read(MODEL);
        assertThat(model.name()).isEqualTo("people");
        assertThat(model.fields()).extracting(FieldModel::name).containsExactly("name", "birth");
        assertThat(model.fields().get(0).levelNames()).containsExactly("exact", "jaro-winkler 0.9", "else");
        assertThat(model.blocks()).extracting(BlockModel::name).containsExactly("name first 3 + birth year", "birth");
        assertThat(model.blocks().get(1).limit()).isEqualTo(50);
        assertThat(model.thresholds()).isEqualTo(new Thresholds(0.95, 0.2, 0, 20));
        assertThat(model.vetoes().get(0).conditions()).hasSize(2);
    }

    @Test
    void parameters_belong_to_fields_levels_and_blocks_not_to_thresholds() {
        String print = ModelReader.read(MODEL).fingerprint();
        assertThat(ModelReader.read(MODEL.replace("0.95", "0.5")).fingerprint()).isEqualTo(print);
        assertThat(ModelReader.read(MODEL.replace("jaro-winkler: 0.9", "jaro-winkler: 0.8"))
                        .fingerprint())
                .isNotEqualTo(print);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    jaro-winkler: 0.9 | jaro-winkle: 0.9 | line 7  | unknown comparator 'jaro-winkle'
                    jaro-winkler: 0.9 | jaro-winkler: 2  | line 7  | needs a number from 0 to 1, not '2'
                    jaro-winkler: 0.9 | jaro-winkler     | line 7  | needs a value
                    [exact, date-swap | [exact, exact, d | line 10 | stands there twice
                    [lower]           | [lowr]           | line 5  | unknown normaliser 'lowr'
                    name first 3      | nam first 3      | line 12 | unknown field 'nam'
                    name first 3      | name foremost 3  | line 12 | cannot be taken of a value
                    limit: 50         | limit: 1         | line 15 | 1 is not between 2 and 1000000
                    link: 0.95        | link: 0.1        | line 16 | review is above link
                    {name: [else]     | {name: [other]   | line 19 | is no level of name
                    id: id            | idd: id          | line 2  | unknown key 'idd'
                    term-frequency: yes | term-frequency: perhaps | line 6 | neither yes nor no
                    """)
    void a_mistake_is_told_with_its_line(String right, String wrong, String line, String problem) {
        assertThat(MODEL).contains(right);
        assertThatThrownBy(() -> ModelReader.read(MODEL.replace(right, wrong)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(line)
                .hasMessageContaining(problem);
    }

    @Test
    void what_is_no_yaml_is_told_with_its_line() {
        assertThatThrownBy(() -> ModelReader.read("model: [people"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("line ");
    }
}
