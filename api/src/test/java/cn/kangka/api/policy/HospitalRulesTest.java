package cn.kangka.api.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.kangka.api.policy.Rule.Begins;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HospitalRulesTest {
    /** The smallest of every value, but quotas that make 100, and lists that close later than they open. */
    private static final HospitalRules REGION = region();

    private static HospitalRules region() {
        Map<Rule, Integer> values = new EnumMap<>(Rule.class);
        Stream.of(Rule.values()).forEach(rule -> values.put(rule, rule.least()));
        values.putAll(Map.of(
                Rule.QUOTA_APP, 60,
                Rule.QUOTA_CALL_CENTRE, 15,
                Rule.QUOTA_BANK, 10,
                Rule.QUOTA_TELECOM, 10,
                Rule.QUOTA_WEB, 5,
                Rule.WAITING_OPENS, 360,
                Rule.WAITING_CLOSES, 1380,
                Rule.CHECK_IN_OPENS, 60,
                Rule.REQUEUE_BEHIND, 3));
        return new HospitalRules(values);
    }

    private static Rules rules(RegionRules... features) {
        return new Rules(List.of(features), new HospitalPolicyStore());
    }

    @Test
    void every_rule_has_an_id_of_its_own_that_leads_back_to_it() {
        assertThat(Stream.of(Rule.values()).map(Rule::id)).doesNotHaveDuplicates();
        assertThat(Rule.values())
                .allSatisfy(rule -> assertThat(Rule.of(rule.id())).isEqualTo(rule));
        assertThat(Rule.of("appointment.nothing")).isNull();
    }

    /** Six in the evening, H002 five minutes later, as its settings say. */
    private record Staggered(int later) implements RegionRules {
        @Override
        public Map<Rule, Integer> values() {
            Map<Rule, Integer> values = new EnumMap<>(REGION.values());
            values.put(Rule.RELEASE_TIME, 18 * 60);
            return values;
        }

        @Override
        public Map<Rule, Integer> ofCentres() {
            return Map.of(Rule.REFERRAL, 0);
        }

        @Override
        public Map<String, Map<Rule, Integer>> ofHospitals() {
            return Map.of("H002", Map.of(Rule.RELEASE_TIME, later));
        }
    }

    @Test
    void the_region_may_say_otherwise_for_one_hospital_and_the_hospitals_own_stands_above_it() {
        Rules rules = rules(new Staggered(18 * 60 + 5));
        JsonObject own = new JsonObject().put(Rule.RELEASE_TIME.id(), 19 * 60);

        assertThat(rules.at("H001", false, null).time(Rule.RELEASE_TIME)).isEqualTo(LocalTime.of(18, 0));
        assertThat(rules.at("H002", false, null).time(Rule.RELEASE_TIME)).isEqualTo(LocalTime.of(18, 5));
        assertThat(rules.at("H002", false, own).time(Rule.RELEASE_TIME)).isEqualTo(LocalTime.of(19, 0));
        assertThat(rules.at("H002", true, null).get(Rule.REFERRAL)).isZero();
        assertThatThrownBy(() -> rules(new Staggered(24 * 60))).hasMessageContaining(Rule.RELEASE_TIME.id());
    }

    @Test
    void a_value_is_read_in_its_unit() {
        HospitalRules own =
                REGION.with(Map.of(Rule.CANCEL_DEADLINE, 15 * 60 + 30, Rule.HOLD, 5, Rule.DRAW_SHORTEST, 4));

        assertThat(own.time(Rule.CANCEL_DEADLINE)).isEqualTo(LocalTime.of(15, 30));
        assertThat(own.duration(Rule.HOLD)).isEqualTo(Duration.ofMinutes(5));
        assertThat(own.duration(Rule.DRAW_SHORTEST)).isEqualTo(Duration.ofHours(4));
        assertThatThrownBy(() -> own.duration(Rule.CANCEL_DEADLINE)).hasMessageContaining("no duration");
    }

    @Test
    void what_a_hospital_has_not_set_is_the_regions() {
        HospitalRules own = rules(() -> REGION.values()).at(Map.of(Rule.HOLD, 9));

        assertThat(own.get(Rule.HOLD)).isEqualTo(9);
        assertThat(own.get(Rule.WAITING_CLOSES)).isEqualTo(1380);
    }

    @Test
    void a_stricter_check_in_is_not_held_against_who_booked_before_and_a_kinder_one_is_theirs_at_once() {
        HospitalRules published = REGION.with(
                Map.of(Rule.CHECK_IN_OPENS, 60, Rule.LATE_CHECK_IN, 1, Rule.REQUEUE_BEHIND, 3, Rule.REQUEUE_MOST, 1));
        HospitalRules now = REGION.with(
                Map.of(Rule.CHECK_IN_OPENS, 30, Rule.LATE_CHECK_IN, 0, Rule.REQUEUE_BEHIND, 5, Rule.REQUEUE_MOST, 2));
        HospitalRules holds = now.orKinder(published);

        assertThat(holds.get(Rule.CHECK_IN_OPENS)).isEqualTo(60);
        assertThat(holds.is(Rule.LATE_CHECK_IN)).isTrue();
        assertThat(holds.get(Rule.REQUEUE_BEHIND)).isEqualTo(3);
        assertThat(holds.get(Rule.REQUEUE_MOST)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void what_does_not_begin_kindly_is_what_it_is_now(Rule rule) {
        HospitalRules now = REGION.with(Map.of(rule, rule.least()));
        HospitalRules published = REGION.with(Map.of(rule, rule.most()));

        int holds = now.orKinder(published).get(rule);
        boolean kind = rule.begins() == Begins.KINDER && rule != Rule.REQUEUE_BEHIND;
        assertThat(holds).isEqualTo(kind ? rule.most() : rule.least());
    }

    @Test
    void quotas_make_a_hundred_together_and_lists_open_before_they_close() {
        Map<Rule, Integer> app = Map.of(Rule.QUOTA_APP, 70);
        assertThat(RuleConflicts.of(REGION.with(app), app)).containsOnlyKeys(Rule.QUOTA_APP);

        Map<Rule, Integer> shifted = Map.of(Rule.QUOTA_APP, 70, Rule.QUOTA_BANK, 0);
        assertThat(RuleConflicts.of(REGION.with(shifted), shifted)).isEmpty();

        Map<Rule, Integer> opens = Map.of(Rule.WAITING_OPENS, 1380);
        assertThat(RuleConflicts.of(REGION.with(opens), opens)).containsOnlyKeys(Rule.WAITING_OPENS);
        assertThat(RuleConflicts.of(REGION.with(app), Map.of()))
                .as("the region's own")
                .isEmpty();
    }

    @Test
    void the_region_must_have_a_value_of_every_rule_within_its_range() {
        Map<Rule, Integer> without = new EnumMap<>(REGION.values());
        without.remove(Rule.HOLD);
        assertThatThrownBy(() -> rules(() -> without)).hasMessageContaining("appointment.hold-minutes");

        Map<Rule, Integer> beyond = new EnumMap<>(REGION.values());
        beyond.put(Rule.HORIZON, 29);
        assertThatThrownBy(() -> rules(() -> beyond)).hasMessageContaining("from 1 to 28");
        assertThatThrownBy(() -> RegionRules.minutes(Duration.ofSeconds(90))).hasMessageContaining("whole minutes");
        assertThatThrownBy(() -> RegionRules.hours(Duration.ofMinutes(90))).hasMessageContaining("whole hours");
    }
}
