package cn.kangka.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GateTest {
    private Instant now = Instant.parse("2026-11-23T02:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final Gate gate = new Gate(clock, 10, 20, 3, Duration.ofSeconds(15));

    @Test
    void lets_no_more_pass_than_the_bucket_holds_and_fills_with_time() {
        assertThat(gate.take(NoticeClass.URGENT, 100)).isEqualTo(20);
        assertThat(gate.take(NoticeClass.URGENT, 1)).isZero();

        now = now.plusMillis(500);

        assertThat(gate.take(NoticeClass.URGENT, 100)).isEqualTo(5);
    }

    @Test
    void a_campaign_leaves_half_of_the_bucket_to_the_urgent() {
        assertThat(gate.take(NoticeClass.CAMPAIGN, 100)).isEqualTo(10);
        assertThat(gate.take(NoticeClass.CAMPAIGN, 1)).isZero();
        assertThat(gate.take(NoticeClass.URGENT, 100)).isEqualTo(10);
    }

    @Test
    void what_was_not_used_comes_back() {
        int taken = gate.take(NoticeClass.URGENT, 20);

        gate.giveBack(taken - 2);

        assertThat(gate.take(NoticeClass.URGENT, 100)).isEqualTo(18);
    }

    @Test
    void a_pause_holds_everything_back_until_it_ends() {
        gate.pause(Duration.ofSeconds(30));
        now = now.plusSeconds(29);
        assertThat(gate.take(NoticeClass.URGENT, 1)).isZero();

        now = now.plusSeconds(1);

        assertThat(gate.take(NoticeClass.URGENT, 1)).isEqualTo(1);
    }

    @Test
    void opens_after_failures_in_a_row_then_lets_one_try_and_closes_when_it_succeeds() {
        gate.failed();
        gate.failed();
        assertThat(gate.take(NoticeClass.URGENT, 5)).isEqualTo(5);
        gate.failed();
        assertThat(gate.take(NoticeClass.URGENT, 5)).isZero();

        now = now.plusSeconds(15);

        assertThat(gate.take(NoticeClass.URGENT, 5)).isEqualTo(1);
        assertThat(gate.take(NoticeClass.URGENT, 5)).isZero();
        gate.succeeded();
        assertThat(gate.take(NoticeClass.URGENT, 5)).isEqualTo(5);
    }

    @Test
    void a_try_that_found_nothing_to_send_lets_the_next_one_try() {
        for (int i = 0; i < 3; i++) {
            gate.failed();
        }
        now = now.plusSeconds(15);
        gate.take(NoticeClass.URGENT, 5);

        gate.giveBack(1);

        assertThat(gate.take(NoticeClass.URGENT, 5)).isEqualTo(1);
    }

    @Test
    void reads_both_forms_of_retry_after() {
        assertThat(RetryAfter.parse("120", clock)).isEqualTo(Duration.ofSeconds(120));
        assertThat(RetryAfter.parse("Mon, 23 Nov 2026 02:00:30 GMT", clock)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Mon, 23 Nov 2026 01:00:30 GMT", clock)).isZero();
        assertThat(RetryAfter.parse("99999999", clock)).isEqualTo(Duration.ofHours(1));
        assertThat(RetryAfter.parse("soon", clock)).isNull();
        assertThat(RetryAfter.parse(null, clock)).isNull();
    }
}
