package cn.kangka.notification.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class QuietHoursPropertiesTest {
    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");

    @Property
    void whatever_waits_waits_less_than_a_day_and_ends_outside_the_quiet_hours(
            @ForAll @IntRange(max = 1439) int from,
            @ForAll @IntRange(max = 1439) int to,
            @ForAll @LongRange(min = 1_700_000_000L, max = 1_900_000_000L) long second) {
        QuietHours hours = new QuietHours(LocalTime.ofSecondOfDay(from * 60L), LocalTime.ofSecondOfDay(to * 60L));
        Instant instant = Instant.ofEpochSecond(second);

        Instant after = hours.afterwards(instant);

        assertThat(Duration.between(instant, after)).isBetween(Duration.ZERO, Duration.ofDays(1));
        assertThat(hours.contains(after.atZone(HERE).toLocalTime())).isFalse();
        assertThat(hours.afterwards(after)).isEqualTo(after);
    }

    @Example
    void the_night_begins_at_ten_and_ends_at_six() {
        QuietHours night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0));
        assertThat(night.afterwards(Instant.parse("2026-11-23T13:59:59Z"))).isEqualTo("2026-11-23T13:59:59Z");
        assertThat(night.afterwards(Instant.parse("2026-11-23T14:00:00Z"))).isEqualTo("2026-11-23T22:00:00Z");
        assertThat(night.afterwards(Instant.parse("2026-11-23T21:59:59Z"))).isEqualTo("2026-11-23T22:00:00Z");
    }
}
