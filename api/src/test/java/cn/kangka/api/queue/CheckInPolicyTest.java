package cn.kangka.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.AppointmentStatus;
import cn.kangka.api.queue.CheckInPolicy.Decision;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CheckInPolicyTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final CheckInPolicy POLICY = new CheckInPolicy(Duration.ofMinutes(60), true, 2);
    private static final CheckInPolicy STRICT = new CheckInPolicy(Duration.ofMinutes(60), false, 2);

    private static OffsetDateTime at(String time) {
        return LocalDateTime.parse(time).atZone(ZONE).toOffsetDateTime();
    }

    /** A band of half an hour in a session that goes on for three hours. */
    private static Decision booked(CheckInPolicy policy, OffsetDateTime start, OffsetDateTime now) {
        return policy.decide(AppointmentStatus.BOOKED, null, 0, start, start.plusMinutes(30), start.plusHours(3), now);
    }

    @Test
    void check_in_is_open_from_an_hour_before_the_band_to_its_end() {
        for (String day : List.of("2026-12-01T08:30", "2028-02-29T00:00", "2028-03-01T00:30", "2027-01-01T00:00")) {
            OffsetDateTime start = at(day);
            assertThat(booked(POLICY, start, start.minusMinutes(60).minusNanos(1)))
                    .isEqualTo(Decision.TOO_EARLY);
            assertThat(booked(POLICY, start, start.minusMinutes(60))).isEqualTo(Decision.CHECK_IN);
            assertThat(booked(POLICY, start, start.plusMinutes(30).minusNanos(1)))
                    .isEqualTo(Decision.CHECK_IN);
            assertThat(booked(POLICY, start, start.plusMinutes(30))).isEqualTo(Decision.CHECK_IN_LATE);
            assertThat(booked(POLICY, start, start.plusHours(3).minusNanos(1))).isEqualTo(Decision.CHECK_IN_LATE);
            assertThat(booked(POLICY, start, start.plusHours(3))).isEqualTo(Decision.TOO_LATE);
        }
    }

    @Test
    void a_band_at_midnight_of_a_leap_day_opens_the_evening_before() {
        assertThat(POLICY.opensAt(at("2028-02-29T00:00"))).isEqualTo(at("2028-02-28T23:00"));
        assertThat(POLICY.opensAt(at("2028-03-01T00:00")).toLocalDate()).isEqualTo(LocalDate.of(2028, 2, 29));
    }

    @Test
    void a_region_may_let_nobody_in_late() {
        OffsetDateTime start = at("2026-12-01T08:30");
        assertThat(booked(STRICT, start, start.plusMinutes(30).minusNanos(1))).isEqualTo(Decision.CHECK_IN);
        assertThat(booked(STRICT, start, start.plusMinutes(30))).isEqualTo(Decision.TOO_LATE);
    }

    @Test
    void who_did_not_come_when_called_may_queue_again_twice_while_the_session_runs() {
        assertThat(passed(0, 1)).isEqualTo(Decision.REQUEUE);
        assertThat(passed(1, 1)).isEqualTo(Decision.REQUEUE);
        assertThat(passed(2, 1)).isEqualTo(Decision.REQUEUED_TOO_OFTEN);
        assertThat(passed(0, 3)).isEqualTo(Decision.TOO_LATE);
    }

    private static Decision passed(int requeued, int hours) {
        OffsetDateTime start = at("2026-12-01T08:30");
        return POLICY.decide(
                AppointmentStatus.CHECKED_IN,
                TicketState.PASSED,
                requeued,
                start,
                start.plusMinutes(30),
                start.plusHours(3),
                start.plusHours(hours));
    }

    /** Every pair of states, at every hour around the visit: one decision, and none that lets in what has ended. */
    @Property
    void what_has_ended_lets_nobody_in(@ForAll AppointmentStatus status, @ForAll TicketState ticket) {
        OffsetDateTime start = at("2026-12-01T08:30");
        for (int minutes = -120; minutes <= 240; minutes += 15) {
            Decision decision = POLICY.decide(
                    status, ticket, 0, start, start.plusMinutes(30), start.plusHours(3), start.plusMinutes(minutes));
            switch (status) {
                case CANCELLED, REFUSED, STOPPED -> assertThat(decision).isEqualTo(Decision.ENDED);
                case COMPLETED -> assertThat(decision).isEqualTo(Decision.ALREADY);
                case CHECKED_IN -> assertThat(decision == Decision.ALREADY).isEqualTo(ticket != TicketState.PASSED);
                case BOOKED, MISSED -> assertThat(decision).isNotIn(Decision.ALREADY, Decision.REQUEUE, Decision.ENDED);
            }
        }
    }
}
