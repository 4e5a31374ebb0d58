package cn.kangka.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacePolicyTest {
    private static final OffsetDateTime BEGINS = OffsetDateTime.parse("2026-12-01T08:30:00+08:00");
    private static final PacePolicy PACE = new PacePolicy(Duration.ofMinutes(6), 10);

    /** Turns that began so many minutes after the session, the newest first. */
    private static List<OffsetDateTime> turns(int... minutes) {
        return IntStream.range(0, minutes.length)
                .mapToObj(i -> BEGINS.plusMinutes(minutes[minutes.length - 1 - i]))
                .toList();
    }

    @Test
    void before_the_clinic_opens_one_waits_for_it() {
        assertThat(PACE.wait(0, BEGINS, List.of(), BEGINS.minusMinutes(20))).isEqualTo(Duration.ofMinutes(20));
        assertThat(PACE.wait(2, BEGINS, List.of(), BEGINS.minusMinutes(20))).isEqualTo(Duration.ofMinutes(32));
    }

    @Test
    void a_clinic_that_calls_nobody_does_not_say_how_long() {
        assertThat(PACE.wait(2, BEGINS, List.of(), BEGINS.plusMinutes(31))).isNull();
    }

    @Test
    void one_long_break_does_not_change_what_a_turn_takes() {
        assertThat(PACE.turn(turns(0, 4, 8, 12, 57, 61))).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void few_turns_say_nothing_yet() {
        assertThat(PACE.turn(turns(0, 1, 2))).isEqualTo(Duration.ofMinutes(6));
        assertThat(PACE.turn(List.of())).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void only_the_last_turns_count() {
        assertThat(new PacePolicy(Duration.ofMinutes(6), 3).turn(turns(0, 20, 40, 60, 62, 64, 66)))
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void what_the_present_turn_has_taken_is_not_waited_for_again() {
        List<OffsetDateTime> turns = turns(0, 5, 10, 15);
        OffsetDateTime now = BEGINS.plusMinutes(18);

        assertThat(PACE.wait(0, BEGINS, turns, now)).isEqualTo(Duration.ofMinutes(2));
        assertThat(PACE.wait(3, BEGINS, turns, now)).isEqualTo(Duration.ofMinutes(17));
        assertThat(PACE.wait(0, BEGINS, turns, now.plusMinutes(30))).isEqualTo(Duration.ZERO);
    }
}
