package cn.kangka.api.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DrawPolicyTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate VISIT = LocalDate.of(2027, 3, 15);
    private static final OffsetDateTime RELEASE = at(VISIT.minusDays(14), 18, 0);
    private static final OffsetDateTime DEADLINE = at(VISIT.minusDays(1), 15, 0);
    private static final DrawPolicy POLICY = new DrawPolicy(
            2, LocalTime.of(20, 0), Duration.ofHours(24), Duration.ofHours(4), Duration.ofMinutes(10), ZONE);

    private static OffsetDateTime at(LocalDate date, int hour, int minute) {
        return date.atTime(hour, minute).atZone(ZONE).toOffsetDateTime();
    }

    @Test
    void a_window_opens_with_the_release_and_closes_in_the_evening_two_days_later() {
        assertThat(POLICY.window(RELEASE, DEADLINE, RELEASE.plusSeconds(7))).hasValueSatisfying(window -> {
            assertThat(window.opens()).isEqualTo(RELEASE);
            assertThat(window.closes()).isEqualTo(at(VISIT.minusDays(12), 20, 0));
            assertThat(window.draws()).isEqualTo(at(VISIT.minusDays(12), 20, 10));
        });
    }

    @Test
    void what_is_published_late_opens_then_and_closes_a_day_before_the_cancel_deadline_at_the_latest() {
        OffsetDateTime now = at(VISIT.minusDays(3), 10, 0);
        assertThat(POLICY.window(RELEASE, DEADLINE, now.plusSeconds(30))).hasValueSatisfying(window -> {
            assertThat(window.opens()).isEqualTo(now);
            assertThat(window.closes()).isEqualTo(at(VISIT.minusDays(2), 15, 0));
        });
    }

    @Test
    void four_hours_are_a_window_and_less_is_none() {
        OffsetDateTime last = at(VISIT.minusDays(2), 11, 0);
        assertThat(POLICY.window(RELEASE, DEADLINE, last)).isPresent();
        assertThat(POLICY.window(RELEASE, DEADLINE, last.plusMinutes(1))).isEmpty();
        assertThat(POLICY.window(RELEASE, DEADLINE, DEADLINE.plusDays(5))).isEmpty();
    }
}
