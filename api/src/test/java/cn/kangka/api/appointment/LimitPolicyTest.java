package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.LimitRule.History;
import cn.kangka.api.appointment.LimitRule.Verdict;
import cn.kangka.api.appointment.LimitRule.Visit;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LimitPolicyTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DAY = LocalDate.of(2028, 2, 25);
    private static final OffsetDateTime NOW =
            DAY.minusDays(5).atTime(10, 0).atZone(ZONE).toOffsetDateTime();
    private static final List<UUID> DEPARTMENTS =
            Stream.generate(UUID::randomUUID).limit(6).toList();

    private final LimitPolicy policy = LimitPolicy.of(
            new HospitalRules(RegionBookingRules.of(new SmallRyeConfigBuilder()
                    .withMapping(AppointmentConfig.class)
                    .withConverter(Duration.class, 100, new DurationConverter())
                    .build()
                    .getConfigMapping(AppointmentConfig.class))),
            ZONE);

    @Test
    void a_new_person_may_book() {
        assertThat(policy.violated(visits(), visit(0, 0), NOW)).isEmpty();
    }

    @Test
    void names_the_narrowest_rule() {
        History two = visits(visit(0, 0), visit(0, 1));

        assertThat(rule(two, visit(0, 0))).isEqualTo("appointment.max-per-department-day");
        assertThat(rule(two, visit(0, 2))).isEqualTo("appointment.max-per-visit-day");
        assertThat(rule(visits(visit(0, 0), visit(0, 1), visit(1, 0)), visit(2, 0)))
                .isEqualTo("appointment.max-per-7-days");
    }

    @Test
    void a_hospitals_own_values_stand_over_those_of_the_region() {
        History one = visits(visit(0, 0));
        History strict =
                new History(one.visits(), one.missed(), one.lateCancels(), true, Map.of(Rule.PER_VISIT_DAY, 1));

        assertThat(rule(one, visit(0, 1))).isNull();
        assertThat(rule(strict, visit(0, 1))).isEqualTo("appointment.max-per-visit-day");
        assertThat(policy.judge(strict.without(visit(0, 0)), visit(0, 1), NOW))
                .extracting(Verdict::limit)
                .startsWith(1, 1, 3, 5);
    }

    @Test
    void counts_any_seven_days_not_only_those_before() {
        History around = visits(visit(-3, 0), visit(3, 0), visit(2, 1));

        assertThat(rule(around, visit(0, 0))).isEqualTo("appointment.max-per-7-days");
        assertThat(rule(visits(visit(-6, 0), visit(-7, 0), visit(6, 0)), visit(0, 0)))
                .isNull();
    }

    @Test
    void five_in_three_months_are_enough() {
        History five = visits(visit(-80, 0), visit(-60, 0), visit(-40, 0), visit(-30, 0), visit(-20, 0));

        Verdict verdict = policy.violated(five, visit(0, 0), NOW).orElseThrow();

        assertThat(verdict.rule()).isEqualTo("appointment.max-per-3-months");
        assertThat(verdict.liftsAt().toLocalDate()).isEqualTo(DAY.minusDays(80).plusMonths(3));
    }

    @Test
    void three_missed_visits_in_90_days_pause_for_90_days_after_the_last() {
        List<OffsetDateTime> missed = List.of(NOW.minusDays(80), NOW.minusDays(10), NOW.minusDays(40));

        Verdict verdict = policy.violated(new History(List.of(), missed, List.of(), true), visit(0, 0), NOW)
                .orElseThrow();

        assertThat(verdict.rule()).isEqualTo("appointment.no-show-pause");
        assertThat(verdict.liftsAt()).isEqualTo(NOW.plusDays(80));
        assertThat(policy.violated(new History(List.of(), missed, List.of(), true), visit(0, 0), NOW.plusDays(80)))
                .isEmpty();
    }

    @Test
    void marks_far_apart_do_not_pause() {
        List<OffsetDateTime> missed = List.of(NOW.minusDays(100), NOW.minusDays(40), NOW.minusDays(5));

        assertThat(policy.violated(new History(List.of(), missed, List.of(), true), visit(0, 0), NOW))
                .isEmpty();
    }

    @Test
    void three_late_cancels_pause_but_never_a_child() {
        List<OffsetDateTime> late = List.of(NOW.minusDays(20), NOW.minusDays(10), NOW.minusDays(1));

        assertThat(rule(new History(List.of(), List.of(), late, true), visit(0, 0)))
                .isEqualTo("appointment.late-cancel-pause");
        assertThat(rule(new History(List.of(), List.of(), late, false), visit(0, 0)))
                .isNull();
    }

    @Property(tries = 200)
    void whoever_books_whatever_is_allowed_never_exceeds_a_limit(
            @ForAll @Size(max = 60) List<@IntRange(max = 200) Integer> days,
            @ForAll @Size(min = 60, max = 60) List<@IntRange(max = 5) Integer> departments) {
        List<Visit> booked = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            Visit wanted = visit(days.get(i), departments.get(i));
            if (policy.violated(visits(booked.toArray(Visit[]::new)), wanted, NOW)
                    .isEmpty()) {
                booked.add(wanted);
            }
        }
        for (Visit start : booked) {
            assertThat(within(booked, start.date(), start.date().plusDays(1))).isLessThanOrEqualTo(2);
            assertThat(within(booked, start.date(), start.date().plusDays(7))).isLessThanOrEqualTo(3);
            assertThat(within(booked, start.date(), start.date().plusMonths(3))).isLessThanOrEqualTo(5);
        }
        assertThat(booked).doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    void the_day_it_lifts_is_the_first_one_this_rule_allows(
            @ForAll @Size(min = 3, max = 30) List<@IntRange(max = 40) Integer> days) {
        History history = visits(days.stream().map(day -> visit(day, 0)).toArray(Visit[]::new));
        Visit wanted = visit(days.get(0), 0);
        for (Verdict verdict : policy.judge(history, wanted, NOW)) {
            if (verdict.stops()) {
                LocalDate lifts = verdict.liftsAt().toLocalDate();
                assertThat(stops(verdict.rule(), history, wanted.on(lifts))).isFalse();
                assertThat(wanted.date().plusDays(1).datesUntil(lifts))
                        .allMatch(day -> stops(verdict.rule(), history, wanted.on(day)));
            }
        }
    }

    private boolean stops(String rule, History history, Visit wanted) {
        return policy.judge(history, wanted, NOW).stream()
                .anyMatch(verdict -> verdict.rule().equals(rule) && verdict.stops());
    }

    private String rule(History history, Visit wanted) {
        return policy.violated(history, wanted, NOW).map(Verdict::rule).orElse(null);
    }

    private static long within(List<Visit> visits, LocalDate from, LocalDate before) {
        return visits.stream()
                .filter(visit -> !visit.date().isBefore(from) && visit.date().isBefore(before))
                .count();
    }

    private static Visit visit(int day, int department) {
        return new Visit(DAY.plusDays(day), DEPARTMENTS.get(department));
    }

    private static History visits(Visit... visits) {
        return new History(List.of(visits), List.of(), List.of(), true);
    }
}
