package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.LimitRule.Visit;
import cn.kangka.api.appointment.PolicyReplay.Booked;
import cn.kangka.api.appointment.PolicyReplay.Booker;
import cn.kangka.api.appointment.PolicyReplay.Outcome;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What other rules would have done. */
class PolicyReplayTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final LocalDate ADULT = LocalDate.of(1980, 1, 1);

    private static final HospitalRules REGION = new HospitalRules(Map.ofEntries(
            Map.entry(Rule.PER_DEPARTMENT_DAY, 1),
            Map.entry(Rule.PER_VISIT_DAY, 2),
            Map.entry(Rule.PER_WEEK, 3),
            Map.entry(Rule.WEEK_DAYS, 7),
            Map.entry(Rule.PER_QUARTER, 5),
            Map.entry(Rule.QUARTER_MONTHS, 3),
            Map.entry(Rule.NO_SHOW_MARKS, 3),
            Map.entry(Rule.NO_SHOW_WITHIN, 90),
            Map.entry(Rule.NO_SHOW_PAUSE, 90),
            Map.entry(Rule.LATE_CANCEL_MARKS, 3),
            Map.entry(Rule.LATE_CANCEL_WITHIN, 30),
            Map.entry(Rule.LATE_CANCEL_PAUSE, 30),
            Map.entry(Rule.ADULT_AGE, 18)));

    private static OffsetDateTime at(LocalDate day, int hour) {
        return day.atTime(hour, 0).atZone(ZONE).toOffsetDateTime();
    }

    private static Outcome replay(Map<String, Map<Rule, Integer>> own, Map<Rule, Integer> tried, Booker booker) {
        return new HospitalLimits(REGION.with(tried), own, ZONE)
                .replay(at(DAY, 0), at(DAY.plusDays(31), 0))
                .of(booker);
    }

    private static Outcome replay(Map<Rule, Integer> tried, Booker booker) {
        return replay(Map.of(), tried, booker);
    }

    /** Booked on a day of the period for the third day after it. */
    private static Booked booked(int day) {
        return booked("H1", day, null);
    }

    private static Booked booked(String hospital, int day, OffsetDateTime ended) {
        return new Booked(
                hospital,
                new Visit(DAY.plusDays(day + 3L), UUID.randomUUID()),
                at(DAY.plusDays(day), 9),
                ended,
                null,
                null);
    }

    private static Booked missed(int day) {
        Booked one = booked(day);
        return new Booked(
                one.hospital(),
                one.visit(),
                one.bookedAt(),
                null,
                at(one.visit().date(), 12),
                null);
    }

    private static Booker adult(Booked... bookings) {
        return new Booker(ADULT, false, List.of(bookings));
    }

    @Test
    void a_stricter_rule_stops_what_the_present_one_let_pass() {
        Booker booker = adult(booked(0), booked(1), booked(2));
        assertThat(replay(Map.of(), booker).stopped()).isEmpty();
        Outcome two = replay(Map.of(Rule.PER_WEEK, 2), booker);
        assertThat(two.stopped()).containsExactly(Map.entry("appointment.max-per-7-days", 1));
        assertThat(two.judged()).isEqualTo(3);
    }

    @Test
    void what_would_have_been_stopped_stops_nothing_later() {
        Booker booker = adult(booked(0), booked(1), booked(7));
        // The second is stopped, so the third has nobody but itself within seven days.
        assertThat(replay(Map.of(Rule.PER_WEEK, 1), booker).allStopped()).isEqualTo(1);
    }

    @Test
    void a_booking_counts_until_it_was_cancelled() {
        Booker before = adult(booked("H1", 0, at(DAY.plusDays(1), 8)), booked(1));
        Booker after = adult(booked("H1", 0, at(DAY.plusDays(1), 10)), booked(1));
        Map<Rule, Integer> one = Map.of(Rule.PER_WEEK, 1);
        assertThat(replay(one, before).stopped()).isEmpty();
        assertThat(replay(one, after).allStopped()).isEqualTo(1);
    }

    @Test
    void only_bookings_of_the_period_are_judged_but_earlier_ones_count() {
        Booked earlier = booked(-1);
        Outcome outcome = replay(Map.of(Rule.PER_WEEK, 1), adult(earlier, booked(0)));
        assertThat(outcome.judged()).isEqualTo(1);
        assertThat(outcome.allStopped()).isEqualTo(1);
    }

    @Test
    void a_hospitals_own_rule_holds_there_only() {
        Map<String, Map<Rule, Integer>> own = Map.of("H2", Map.of(Rule.PER_WEEK, 1));
        assertThat(replay(own, Map.of(), adult(booked(0), booked("H2", 1, null), booked(2)))
                        .allStopped())
                .isEqualTo(1);
    }

    @Test
    void pauses_are_counted_when_they_begin_and_never_for_minors_and_who_is_exempt() {
        Booked[] twice = {missed(0), missed(4)};
        assertThat(replay(Map.of(), adult(twice)).pauses()).isZero();
        assertThat(replay(Map.of(Rule.NO_SHOW_MARKS, 2), adult(twice)).pauses()).isEqualTo(1);
        assertThat(replay(Map.of(Rule.NO_SHOW_MARKS, 1), adult(twice)).pauses())
                .as("whoever is paused cannot book and miss again")
                .isEqualTo(1);
        assertThat(replay(Map.of(Rule.NO_SHOW_MARKS, 2), new Booker(DAY.minusYears(10), false, List.of(twice)))
                        .pauses())
                .isZero();
        assertThat(replay(Map.of(Rule.NO_SHOW_MARKS, 2), new Booker(ADULT, true, List.of(twice)))
                        .pauses())
                .isZero();
    }

    @Test
    void people_are_counted_by_age_and_rule() {
        PolicyReplay one = new HospitalLimits(REGION.with(Map.of(Rule.PER_WEEK, 1)), Map.of(), ZONE)
                .replay(at(DAY, 0), at(DAY.plusDays(31), 0));
        ReplayTally tally = new ReplayTally(one, DAY.plusDays(30));
        tally.add(adult(booked(0), booked(1), booked(2)));
        tally.add(new Booker(null, false, List.of(booked(0), booked(1))));
        tally.add(adult(booked(0)));

        PolicyDryRunView.Effect effect = tally.effect();
        assertThat(tally.bookers()).isEqualTo(3);
        assertThat(tally.bookings()).isEqualTo(6);
        assertThat(effect.stopped()).isEqualTo(3);
        assertThat(effect.people()).isEqualTo(2);
        assertThat(effect.rules()).containsExactly(new PolicyDryRunView.ByRule("appointment.max-per-7-days", 3, 2));
        assertThat(effect.ages())
                .containsExactly(new PolicyDryRunView.ByAge("45-59", 1), new PolicyDryRunView.ByAge("unknown", 1));
    }
}
