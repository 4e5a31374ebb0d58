package cn.kangka.empi.matching.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cn.kangka.empi.matching.blocking.Blocking;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.ModelException;
import cn.kangka.empi.matching.model.ModelReader;
import cn.kangka.empi.matching.record.RecordSet;
import cn.kangka.empi.matching.training.Parameters.LevelParameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Records are made by known chances; training must find them without a label. */
class TrainerTest {
    private static final int HUMANS = 800;
    private static final double WRONG = 0.15;

    private static String model(String household) {
        return """
            model: people
            id: id
            fields:
              name: {levels: [exact, else], term-frequency: yes}
              birth: {levels: [exact, else]}
              phone: {levels: [exact, else]}
              town: {levels: [exact, else]%s}
              street: {levels: [exact, else]%s}
            blocks: [phone, name + birth, street + town, birth + town]
            """.formatted(household, household);
    }

    private final Random random = new Random(5);

    private RecordSet pairsOfEachHuman(LinkageModel model, boolean families) {
        RecordSet.Builder builder = new RecordSet.Builder(model);
        String town = null;
        String street = null;
        for (int human = 0; human < HUMANS; human++) {
            if (!families || human % 4 == 0) {
                town = "t" + random.nextInt(40);
                street = "s" + random.nextInt(800);
            }
            String[] right = {
                "n" + (int) (300 * random.nextDouble() * random.nextDouble()),
                "b" + random.nextInt(1500),
                "p" + human,
                town,
                street
            };
            builder.add(0, human + "a", row(right)::get);
            builder.add(0, human + "b", row(spoilt(right, human))::get);
        }
        return builder.build();
    }

    private String[] spoilt(String[] right, int human) {
        String[] spoilt = right.clone();
        for (int i = 0; i < spoilt.length; i++) {
            if (random.nextDouble() < WRONG) {
                spoilt[i] = random.nextInt(3) == 0 ? null : "wrong" + i + human;
            }
        }
        return spoilt;
    }

    private static Map<String, String> row(String[] values) {
        Map<String, String> row = new HashMap<>();
        List<String> names = List.of("name", "birth", "phone", "town", "street");
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), values[i]);
        }
        return row;
    }

    private Parameters train(String yaml, boolean families) {
        LinkageModel model = ModelReader.read(yaml);
        RecordSet records = pairsOfEachHuman(model, families);
        return Trainer.train(model, records, new Blocking(model, records), line -> {});
    }

    private static LevelParameters exact(Parameters parameters, int field) {
        return parameters.fields().get(field).levels().get(0);
    }

    @Test
    void what_agreement_means_is_found_without_labels() {
        Parameters learnt = train(model(""), false);
        // Of the wrong values two of three are other texts: 0.1 of 0.95 that are there at all.
        for (int field = 0; field < 5; field++) {
            assertThat(exact(learnt, field).m()).as("m of field %d", field).isCloseTo(0.895, within(0.03));
        }
        assertThat(exact(learnt, 3).u()).isCloseTo(1 / 40.0 * 0.9 * 0.9, within(0.006));
        double matches = learnt.prior() * learnt.records() * (learnt.records() - 1.0) / 2;
        assertThat(matches).isCloseTo(HUMANS, within(HUMANS * 0.05));
    }

    @Test
    void a_household_is_a_class_of_its_own() {
        Parameters learnt = train(model(", household: yes"), true);
        double pairs = learnt.records() * (learnt.records() - 1.0) / 2;
        assertThat(learnt.prior() * pairs).isCloseTo(HUMANS, within(HUMANS * 0.07));
        // Four humans with two records each: 24 pairs of one household that are not one human; some addresses are
        // wrong.
        assertThat(learnt.household() * pairs).isBetween(HUMANS / 4.0 * 15, HUMANS / 4.0 * 26);
        assertThat(exact(learnt, 3).h()).isGreaterThan(0.7);
        assertThat(exact(learnt, 0).h()).isEqualTo(exact(learnt, 0).u());
    }

    @Test
    void without_that_class_families_are_taken_for_people() {
        Parameters learnt = train(model(""), true);
        double pairs = learnt.records() * (learnt.records() - 1.0) / 2;
        assertThat(learnt.prior() * pairs).isGreaterThan(HUMANS * 1.2);
        assertThat(learnt.household()).isZero();
    }

    @Test
    void the_same_records_teach_the_same() {
        String yaml = model("");
        LinkageModel model = ModelReader.read(yaml);
        RecordSet records = pairsOfEachHuman(model, false);
        Parameters first = Trainer.train(model, records, new Blocking(model, records), line -> {});
        Parameters second = Trainer.train(model, records, new Blocking(model, records), line -> {});
        assertThat(ParametersYaml.write(second)).isEqualTo(ParametersYaml.write(first));
    }

    /**
     * Parameters are artefacts that a region keeps for years: a change of the training must be seen. When it is meant,
     * the new ones are the text that the failure shows.
     */
    @Test
    void the_same_records_teach_the_same_as_ever() throws IOException {
        String learnt = ParametersYaml.write(train(model(", household: yes"), true));
        try (InputStream known = getClass().getResourceAsStream("people.parameters.yaml")) {
            assertThat(rounded(learnt)).isEqualTo(rounded(new String(known.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    /** Each step says what it found; a veto's pairs teach nothing about one human. */
    @Test
    void every_step_tells_what_it_found() {
        LinkageModel model = ModelReader.read(model(", household: yes") + """
            vetoes:
              - name: nothing of one's own
                when: {name: [else], birth: [else]}
            """);
        RecordSet records = pairsOfEachHuman(model, true);
        List<String> told = new ArrayList<>();
        Trainer.train(model, records, new Blocking(model, records), told::add);
        assertThat(told)
                .containsExactly(
                        "random pairs: 1,279,200",
                        "candidate pairs: 4,471",
                        "pass 1 (phone): 684 matches in 693 pairs",
                        "pass 2 (name + birth): 533 matches in 575 pairs",
                        "pass 3 (street + town): 587 matches in 4,259 pairs",
                        "pass 4 (birth + town): 585 matches in 593 pairs",
                        "together: 789 matches after 13 rounds",
                        "pairs of one household, not one human: 3,629");
    }

    private static String rounded(String yaml) {
        return Pattern.compile("[0-9]+\\.[0-9]+([eE][-+]?[0-9]+)?")
                .matcher(yaml)
                .replaceAll(number -> "%.6e".formatted(Double.parseDouble(number.group())));
    }

    @Test
    void parameters_name_common_values_and_nobody() {
        Parameters learnt = train(model(""), false);
        ValueShares names = exact(learnt, 0).values();
        assertThat(names.listed()).isNotEmpty();
        assertThat(names.listed().values()).allMatch(share -> share * HUMANS * 2 >= 9);
        assertThat(names.share("never seen")).isEqualTo(names.rest()).isPositive();
        assertThat(exact(learnt, 2).values()).as("no term frequency").isNull();
    }

    @Test
    void a_level_that_was_never_seen_is_refused_by_name_unless_it_is_optional() {
        String yaml = model("").replace("phone: {levels: [exact, else]", "phone: {levels: [exact, suffix: 9, else]");
        assertThatThrownBy(() -> train(yaml, false))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("line 6, fields.phone.levels: level 'suffix 9' was never observed");
        Parameters learnt = train(yaml.replace("suffix: 9", "{suffix: 9, optional: yes}"), false);
        assertThat(learnt.fields().get(2).levels().get(1).observed()).isFalse();
    }

    @Test
    void parameters_survive_being_written() {
        Parameters learnt = train(model(", household: yes"), true);
        assertThat(ParametersYaml.read(ParametersYaml.write(learnt))).isEqualTo(learnt);
    }

    @Test
    void what_is_wrong_with_a_file_of_parameters_is_told_with_its_line() {
        String yaml = ParametersYaml.write(train(model(""), false));
        List<String[]> mistakes = new ArrayList<>();
        mistakes.add(new String[] {"version: 1", "version: 7", "line 2, version: this is version 7, not 1"});
        mistakes.add(new String[] {"household: 0.0", "household: 2", "line 7, household: 2 is not between 0 and 0.5"});
        mistakes.add(new String[] {"records:", "recordz:", "unknown key 'recordz'"});
        for (String[] mistake : mistakes) {
            assertThatThrownBy(() -> ParametersYaml.read(yaml.replace(mistake[0], mistake[1])))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(mistake[2]);
        }
    }
}
