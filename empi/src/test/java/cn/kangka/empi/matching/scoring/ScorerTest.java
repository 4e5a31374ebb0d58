package cn.kangka.empi.matching.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.ModelException;
import cn.kangka.empi.matching.model.ModelReader;
import cn.kangka.empi.matching.model.VetoModel;
import cn.kangka.empi.matching.record.Preparation;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.matching.training.Parameters;
import cn.kangka.empi.matching.training.Parameters.FieldParameters;
import cn.kangka.empi.matching.training.Parameters.LevelParameters;
import cn.kangka.empi.matching.training.ValueShares;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ScorerTest {
    private static final LinkageModel MODEL = ModelReader.read("""
            model: people
            id: id
            fields:
              name: {levels: [exact, han-homophone, else], term-frequency: yes}
              birth: {levels: [exact, {date-swapped: , optional: yes}, else]}
              address: {levels: [exact, else], household: yes}
              national: {levels: [exact, else], evidence: no}
            blocks: [name, birth]
            vetoes:
              - name: another national id
                when: {national: [else]}
            """);
    private static final Preparation PREPARATION = new Preparation(MODEL);
    private static final Scorer SCORER = Scorer.of(MODEL, parameters(1e-4));

    private static List<String> keys(PreparedRecord record) {
        return PREPARATION.blocks(record).stream()
                .flatMap(block -> block.keys().stream())
                .toList();
    }

    private static Parameters parameters(double household) {
        ValueShares names = new ValueShares(Map.of("王伟", 0.02), 0.0005);
        ValueShares readings = new ValueShares(Map.of("wang wei", 0.04), 0.002);
        return new Parameters(
                MODEL.name(),
                MODEL.fingerprint(),
                1e-4,
                household,
                1000,
                List.of(
                        new FieldParameters(
                                "name",
                                List.of(
                                        new LevelParameters("exact", 0.8, 0.001, 0.001, names, true),
                                        new LevelParameters("han-homophone", 0.1, 0.003, 0.003, readings, true),
                                        new LevelParameters("else", 0.1, 0.996, 0.996, null, true))),
                        new FieldParameters(
                                "birth",
                                List.of(
                                        new LevelParameters("exact", 0.9, 0.0001, 0.0001, null, true),
                                        new LevelParameters("date-swapped", 1e-9, 0.5, 0.5, null, false),
                                        new LevelParameters("else", 0.1, 0.9999, 0.9999, null, true))),
                        new FieldParameters(
                                "address",
                                List.of(
                                        new LevelParameters("exact", 0.7, 0.0002, 0.9, null, true),
                                        new LevelParameters("else", 0.3, 0.9998, 0.1, null, true)))));
    }

    private static PreparedRecord person(String name, String birth, String address, String national) {
        Map<String, String> columns = new HashMap<>();
        columns.put("name", name);
        columns.put("birth", birth);
        columns.put("address", address);
        columns.put("national", national);
        return PREPARATION.prepare(columns::get);
    }

    @Property
    void an_explanation_adds_up_to_the_score(@ForAll @Size(8) List<@IntRange(max = 3) Integer> choice) {
        List<String> names = List.of("王伟", "汪伟", "李娜", "");
        List<String> births = List.of("19840203", "19840302", "19900101", "");
        List<String> addresses = List.of("文三路1号", "文二路2号", "", "文三路1号");
        PreparedRecord one =
                person(names.get(choice.get(0)), births.get(choice.get(1)), addresses.get(choice.get(2)), null);
        PreparedRecord other =
                person(names.get(choice.get(4)), births.get(choice.get(5)), addresses.get(choice.get(6)), null);
        Explanation explanation = SCORER.explain(one, other);
        assertThat(explanation.score()).isCloseTo(SCORER.score(one, other), within(1e-9));
        assertThat(SCORER.score(other, one)).isCloseTo(SCORER.score(one, other), within(1e-9));
        assertThat(explanation.household()).isLessThanOrEqualTo(0);
        assertThat(explanation.probability()).isBetween(0.0, 1.0);
    }

    @Test
    void a_missing_value_weighs_nothing() {
        PreparedRecord nothing = person(null, null, null, null);
        PreparedRecord somebody = person("王伟", "19840203", "文三路1号", null);
        Explanation explanation = SCORER.explain(nothing, somebody);
        assertThat(explanation.reasons()).allMatch(reason -> reason.level().isEmpty() && reason.bits() == 0);
        assertThat(explanation.score()).isCloseTo(explanation.prior(), within(0.001));
    }

    @Test
    void a_rare_name_weighs_more_than_a_common_one_and_so_does_its_sound() {
        PreparedRecord common = person("王伟", null, null, null);
        PreparedRecord rare = person("逄冰", null, null, null);
        double difference = SCORER.score(rare, rare) - SCORER.score(common, common);
        assertThat(difference).isCloseTo(Math.log(0.02 / 0.0005) / Math.log(2), within(1e-9));
        Explanation sound = SCORER.explain(person("汪伟", null, null, null), common);
        assertThat(sound.reasons().get(0).level()).isEqualTo("han-homophone");
        assertThat(sound.reasons().get(0).frequency()).isCloseTo(Math.log(0.003 / 0.04) / Math.log(2), within(1e-9));
    }

    @Test
    void a_level_that_was_never_seen_weighs_what_the_next_does() {
        PreparedRecord one = person(null, "19840203", null, null);
        Explanation swapped = SCORER.explain(one, person(null, "19840302", null, null));
        Explanation other = SCORER.explain(one, person(null, "19900101", null, null));
        assertThat(swapped.reasons().get(1).level()).isEqualTo("date-swapped");
        assertThat(swapped.reasons().get(1).bits())
                .isEqualTo(other.reasons().get(1).bits());
    }

    @Test
    void one_address_is_as_good_as_another_household_and_no_proof() {
        PreparedRecord one = person("王伟", "19840203", "文三路1号", null);
        PreparedRecord sister = person("王娜", "19870506", "文三路1号", null);
        Scorer many = Scorer.of(MODEL, parameters(0.01));
        Explanation explanation = many.explain(one, sister);
        assertThat(explanation.household()).isLessThan(-4);
        assertThat(Scorer.of(MODEL, parameters(0)).score(one, sister)).isGreaterThan(explanation.score() + 4);
        // One who agrees in everything is still one human.
        assertThat(many.explain(one, one).probability()).isGreaterThan(0.99);
    }

    @Test
    void a_veto_looks_at_fields_that_are_no_evidence_and_a_missing_value_fulfils_none() {
        PreparedRecord one = person("王伟", "19840203", null, "A");
        assertThat(SCORER.veto(one, person("王伟", "19840203", null, "B")).map(VetoModel::name))
                .contains("another national id");
        assertThat(SCORER.veto(one, person("王伟", "19840203", null, "A"))).isEmpty();
        assertThat(SCORER.veto(one, person("王伟", "19840203", null, null))).isEmpty();
    }

    @Test
    void parameters_of_another_model_are_refused() {
        Parameters right = parameters(0);
        Parameters otherPrint = new Parameters("people", "0000", 1e-4, 0, 1000, right.fields());
        assertThatThrownBy(() -> Scorer.of(MODEL, otherPrint))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("train again");
        Parameters otherFields = new Parameters(
                "people", MODEL.fingerprint(), 1e-4, 0, 1000, right.fields().subList(0, 2));
        assertThatThrownBy(() -> Scorer.of(MODEL, otherFields))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("for the fields [name, birth], the model has [name, birth, address]");
    }

    @Test
    void probability_and_score_are_each_other_backwards() {
        assertThat(Scorer.probability(0)).isEqualTo(0.5);
        assertThat(Scorer.probability(Scorer.score(0.97))).isCloseTo(0.97, within(1e-12));
        assertThat(Scorer.probability(10)).isCloseTo(1024 / 1025.0, within(1e-12));
    }

    @Test
    void a_single_record_has_the_keys_of_its_blocks() {
        assertThat(keys(person("王伟", "19840203", null, null))).containsExactly("name|王伟", "birth|19840203");
        assertThat(keys(person("王伟", null, null, null))).containsExactly("name|王伟");
    }
}
