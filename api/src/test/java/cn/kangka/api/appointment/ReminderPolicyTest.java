package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.ReminderPolicy.Window;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When people are reminded. */
class ReminderPolicyTest {
    private final ReminderPolicy policy = new ReminderPolicy(
            Duration.ofDays(3), LocalTime.of(18, 0), Duration.ofHours(2), ZoneId.of("Asia/Shanghai"));

    private static OffsetDateTime time(String local) {
        return OffsetDateTime.parse(local + ":00+08:00");
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST, 2027-03-10T08:30, 2027-03-07T08:30",
        "EVE,   2027-03-10T08:30, 2027-03-09T18:00",
        "LAST,  2027-03-10T08:30, 2027-03-10T06:30",
        // The first minute of a day belongs to it; the last of the day before does not.
        "EVE,   2027-03-10T00:00, 2027-03-09T18:00",
        "EVE,   2027-03-09T23:59, 2027-03-08T18:00",
        "LAST,  2027-03-10T01:00, 2027-03-09T23:00",
        "FIRST, 2027-03-01T09:00, 2027-02-26T09:00",
        "EVE,   2027-01-01T09:00, 2026-12-31T18:00",
    })
    void a_reminder_is_due_at_a_time_of_the_region(Window window, String visit, String due) {
        assertThat(policy.due(window, time(visit))).isEqualTo(time(due));
    }

    @Test
    void the_day_before_is_the_regions_whatever_offset_a_time_has() {
        OffsetDateTime visit = time("2027-03-10T07:30").withOffsetSameInstant(ZoneOffset.UTC);

        assertThat(visit.getDayOfMonth()).isEqualTo(9);
        assertThat(policy.due(Window.EVE, visit).isEqual(time("2027-03-09T18:00")))
                .isTrue();
        assertThat(policy.until(Window.EVE, time("2027-03-09T18:00").withOffsetSameInstant(ZoneOffset.UTC))
                        .isEqual(time("2027-03-11T00:00")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "EVE,   2027-03-09T17:59, 2027-03-10T00:00",
        "EVE,   2027-03-09T18:00, 2027-03-11T00:00",
        "EVE,   2027-03-09T23:59, 2027-03-11T00:00",
        "EVE,   2027-03-10T00:00, 2027-03-11T00:00",
        "FIRST, 2027-03-09T18:00, 2027-03-12T18:00",
        "LAST,  2027-03-09T23:00, 2027-03-10T01:00",
    })
    void what_is_due_lies_before(Window window, String now, String until) {
        assertThat(policy.until(window, time(now))).isEqualTo(time(until));
    }

    @Test
    void what_has_a_nearer_reminder_due_is_not_reminded_of_days_before() {
        OffsetDateTime now = time("2027-03-09T18:30");

        assertThat(policy.from(Window.FIRST, now)).isEqualTo(time("2027-03-11T00:00"));
        assertThat(policy.from(Window.EVE, now)).isEqualTo(time("2027-03-09T20:30"));
        assertThat(policy.from(Window.LAST, now)).isEqualTo(now);
    }

    @Test
    void who_booked_when_it_was_due_is_not_reminded() {
        OffsetDateTime visit = time("2027-03-10T08:30");

        assertThat(policy.reminds(Window.EVE, visit, time("2027-03-09T18:00"))).isTrue();
        assertThat(policy.reminds(Window.EVE, visit, time("2027-03-09T18:01"))).isFalse();
        assertThat(policy.reminds(Window.LAST, visit, time("2027-03-09T18:01"))).isTrue();
        assertThat(policy.reminds(Window.FIRST, visit, time("2027-03-07T08:31")))
                .isFalse();
    }
}
