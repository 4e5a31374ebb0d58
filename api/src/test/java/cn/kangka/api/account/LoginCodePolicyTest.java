package cn.kangka.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LoginCodePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final LoginCodePolicy policy = new LoginCodePolicy(Duration.ofMinutes(1), 5);

    @Test
    void the_first_code_is_free() {
        assertThat(policy.wait(List.of(), NOW)).isZero();
    }

    @Test
    void the_next_one_waits_for_the_rest_of_the_minute() {
        assertThat(policy.wait(List.of(NOW.minusSeconds(20)), NOW)).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void the_sixth_waits_until_the_first_of_the_last_five_is_an_hour_old() {
        List<Instant> sent = List.of(ago(50), ago(40), ago(30), ago(20), ago(10));

        assertThat(policy.wait(sent, NOW)).isEqualTo(Duration.ofMinutes(10));
    }

    @Property
    void after_the_wait_there_is_no_wait(@ForAll @Size(max = 12) List<@IntRange(max = 5_000) Integer> secondsAgo) {
        List<Instant> sent =
                secondsAgo.stream().map(ago -> NOW.minusSeconds(ago)).toList();

        Duration wait = policy.wait(sent, NOW);

        assertThat(policy.wait(sent, NOW.plus(wait))).isZero();
    }

    @Property
    void never_more_than_five_in_an_hour_nor_two_in_a_minute(
            @ForAll @Size(max = 60) List<@IntRange(max = 400) Integer> pauses) {
        List<Instant> sent = new java.util.ArrayList<>();
        Instant now = NOW;
        for (int pause : pauses) {
            now = now.plusSeconds(pause);
            if (policy.wait(sent, now).isZero()) {
                sent.add(now);
            }
        }

        for (int i = 0; i < sent.size(); i++) {
            Instant at = sent.get(i);
            if (i > 0) {
                assertThat(Duration.between(sent.get(i - 1), at)).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
            }
            if (i >= 5) {
                assertThat(Duration.between(sent.get(i - 5), at)).isGreaterThanOrEqualTo(Duration.ofHours(1));
            }
        }
    }

    private static Instant ago(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }
}
