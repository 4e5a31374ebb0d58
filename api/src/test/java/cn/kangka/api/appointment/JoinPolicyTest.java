package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.JoinPolicy.Verdict.CLOSED;
import static cn.kangka.api.appointment.JoinPolicy.Verdict.OPEN;
import static cn.kangka.api.appointment.JoinPolicy.Verdict.TOO_EARLY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class JoinPolicyTest {
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-12-01T09:00:00+08:00");
    private static final OffsetDateTime END = START.plusMinutes(30);
    private static final JoinPolicy POLICY = new JoinPolicy(Duration.ofMinutes(15));

    private static JoinPolicy.Verdict at(String time, Modality modality, AppointmentStatus status) {
        return POLICY.decide(modality, status, START, END, OffsetDateTime.parse("2026-12-01T" + time + "+08:00"));
    }

    @Test
    void it_opens_a_quarter_of_an_hour_before_and_closes_with_the_band() {
        assertThat(at("08:44:59", Modality.REMOTE, AppointmentStatus.BOOKED)).isEqualTo(TOO_EARLY);
        assertThat(at("08:45:00", Modality.REMOTE, AppointmentStatus.BOOKED)).isEqualTo(OPEN);
        assertThat(at("09:29:59", Modality.REMOTE, AppointmentStatus.CHECKED_IN))
                .isEqualTo(OPEN);
        assertThat(at("09:30:00", Modality.REMOTE, AppointmentStatus.BOOKED)).isEqualTo(CLOSED);
    }

    @Test
    void only_a_remote_visit_that_stands_has_a_door() {
        assertThat(at("09:00:00", Modality.IN_PERSON, AppointmentStatus.BOOKED)).isEqualTo(CLOSED);
        assertThat(at("09:00:00", Modality.REMOTE, AppointmentStatus.CANCELLED)).isEqualTo(CLOSED);
        assertThat(at("08:00:00", Modality.REMOTE, AppointmentStatus.STOPPED)).isEqualTo(CLOSED);
    }
}
