package cn.kangka.api.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SchedulePolicyTest {
    private static final LocalDate VISIT = LocalDate.parse("2026-12-01");
    private final SchedulePolicy policy = new SchedulePolicy(
            7, LocalTime.of(7, 0), LocalTime.of(20, 0), LocalTime.of(17, 30), ZoneId.of("Asia/Shanghai"));

    @Test
    void units_become_bookable_flow_back_and_can_be_cancelled_by_the_hospitals_clock() {
        assertThat(policy.releaseAt(VISIT)).isEqualTo(OffsetDateTime.parse("2026-11-24T07:00:00+08:00"));
        assertThat(policy.flowBackAt(VISIT)).isEqualTo(OffsetDateTime.parse("2026-11-30T20:00:00+08:00"));
        assertThat(policy.cancelUntil(VISIT)).isEqualTo(OffsetDateTime.parse("2026-11-30T17:30:00+08:00"));
    }

    @Test
    void noon_begins_the_afternoon_wherever_the_time_was_written() {
        assertThat(policy.half(OffsetDateTime.parse("2026-12-01T11:59:59+08:00")))
                .isEqualTo("AM");
        assertThat(policy.half(OffsetDateTime.parse("2026-12-01T12:00:00+08:00")))
                .isEqualTo("PM");
        assertThat(policy.half(OffsetDateTime.parse("2026-12-01T00:30:00Z"))).isEqualTo("AM");
        assertThat(policy.local(OffsetDateTime.parse("2026-12-01T00:30:00Z")).toString())
                .isEqualTo("2026-12-01T08:30+08:00");
    }
}
