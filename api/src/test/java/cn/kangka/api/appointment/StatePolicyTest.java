package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.CancelPolicy.Decision;
import cn.kangka.api.appointment.HospitalAnswerPolicy.Effect;
import cn.kangka.api.appointment.HospitalAnswerPolicy.Outcome;
import cn.kangka.api.appointment.SlotPolicy.Obstacle;
import java.time.OffsetDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StatePolicyTest {
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-11-25T09:00:00+08:00");
    private static final OffsetDateTime DEADLINE = OffsetDateTime.parse("2026-11-24T15:00:00+08:00");

    @Test
    void a_hospital_accepts_and_refuses_what_is_booked() {
        assertThat(effect(AppointmentStatus.BOOKED, HospitalStatus.PENDING, Outcome.ACCEPTED))
                .isEqualTo(Effect.ACCEPT);
        assertThat(effect(AppointmentStatus.BOOKED, HospitalStatus.PENDING, Outcome.REFUSED))
                .isEqualTo(Effect.REFUSE);
    }

    @Test
    void a_hospital_that_changes_its_mind_is_believed_when_it_refuses() {
        assertThat(effect(AppointmentStatus.BOOKED, HospitalStatus.ACCEPTED, Outcome.REFUSED))
                .isEqualTo(Effect.REFUSE);
    }

    @Test
    void that_a_second_order_is_refused_takes_no_accepted_booking_away_but_is_looked_at() {
        assertThat(HospitalAnswerPolicy.effect(
                        AppointmentStatus.BOOKED, HospitalStatus.ACCEPTED, false, true, Outcome.REFUSED))
                .isEqualTo(Effect.DOUBT);
        assertThat(HospitalAnswerPolicy.effect(
                        AppointmentStatus.BOOKED, HospitalStatus.PENDING, false, true, Outcome.REFUSED))
                .isEqualTo(Effect.REFUSE);
    }

    @Test
    void a_late_acceptance_of_a_refused_booking_is_withdrawn_once() {
        assertThat(HospitalAnswerPolicy.effect(
                        AppointmentStatus.REFUSED, HospitalStatus.REFUSED, false, false, Outcome.ACCEPTED))
                .isEqualTo(Effect.WITHDRAW);
        assertThat(HospitalAnswerPolicy.effect(
                        AppointmentStatus.REFUSED, HospitalStatus.REFUSED, true, false, Outcome.ACCEPTED))
                .isEqualTo(Effect.NONE);
    }

    @Property
    void no_answer_changes_what_has_ended(@ForAll AppointmentStatus status, @ForAll Outcome outcome) {
        if (status != AppointmentStatus.BOOKED && status != AppointmentStatus.REFUSED) {
            assertThat(effect(status, HospitalStatus.PENDING, outcome)).isEqualTo(Effect.NONE);
        }
    }

    @Property
    void the_same_answer_twice_is_the_same_as_once(@ForAll Outcome outcome) {
        HospitalStatus after = outcome == Outcome.ACCEPTED ? HospitalStatus.ACCEPTED : HospitalStatus.REFUSED;
        AppointmentStatus status = outcome == Outcome.REFUSED ? AppointmentStatus.REFUSED : AppointmentStatus.BOOKED;

        assertThat(effect(status, after, outcome)).isEqualTo(Effect.NONE);
    }

    @Test
    void the_deadline_is_the_last_moment_in_time() {
        assertThat(cancel(AppointmentStatus.BOOKED, DEADLINE)).isEqualTo(Decision.CANCEL);
        assertThat(cancel(AppointmentStatus.BOOKED, DEADLINE.plusSeconds(1))).isEqualTo(Decision.CANCEL_LATE);
        assertThat(cancel(AppointmentStatus.BOOKED, START)).isEqualTo(Decision.TOO_LATE);
        assertThat(cancel(AppointmentStatus.CANCELLED, START)).isEqualTo(Decision.ALREADY);
        assertThat(cancel(AppointmentStatus.CHECKED_IN, DEADLINE)).isEqualTo(Decision.TOO_LATE);
    }

    @Test
    void a_slot_is_open_from_its_release_to_its_start() {
        OffsetDateTime release = DEADLINE.minusDays(13);

        assertThat(SlotPolicy.obstacle(true, "BOOK", START, release, release)).isEqualTo(Obstacle.NONE);
        assertThat(SlotPolicy.obstacle(true, "BOOK", START, release, release.minusNanos(1)))
                .isEqualTo(Obstacle.NOT_RELEASED);
        assertThat(SlotPolicy.obstacle(true, "BOOK", START, release, START)).isEqualTo(Obstacle.PAST);
        assertThat(SlotPolicy.obstacle(false, "BOOK", START, release, release)).isEqualTo(Obstacle.CLOSED);
        assertThat(SlotPolicy.obstacle(true, "DRAW", START, release, release)).isEqualTo(Obstacle.DRAWN);
    }

    @Test
    void an_arrival_checks_in_even_when_it_is_reported_late() {
        assertThat(VisitPolicy.after(AppointmentStatus.BOOKED, VisitPolicy.Kind.ARRIVED))
                .isEqualTo(AppointmentStatus.CHECKED_IN);
        assertThat(VisitPolicy.after(AppointmentStatus.MISSED, VisitPolicy.Kind.ARRIVED))
                .isEqualTo(AppointmentStatus.CHECKED_IN);
        assertThat(VisitPolicy.after(AppointmentStatus.CHECKED_IN, VisitPolicy.Kind.DISCHARGED))
                .isEqualTo(AppointmentStatus.COMPLETED);
        assertThat(VisitPolicy.after(AppointmentStatus.CANCELLED, VisitPolicy.Kind.ARRIVED))
                .isEqualTo(AppointmentStatus.CANCELLED);
    }

    private static Effect effect(AppointmentStatus status, HospitalStatus said, Outcome outcome) {
        return HospitalAnswerPolicy.effect(status, said, false, false, outcome);
    }

    private static Decision cancel(AppointmentStatus status, OffsetDateTime now) {
        return CancelPolicy.decide(status, START, DEADLINE, now);
    }
}
