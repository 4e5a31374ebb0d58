package cn.kangka.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class RateLimitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    RateLimits limits;

    @Inject
    AddressLimits addresses;

    @Inject
    MovableClock clock;

    private final String key = Ids.next().toString();

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void a_bucket_holds_so_many_tokens_and_fills_evenly() {
        for (int i = 2; i >= 0; i--) {
            RateLimits.Taken taken = take();
            assertThat(taken.allowed()).isTrue();
            assertThat(taken.remaining()).isEqualTo(i);
        }
        RateLimits.Taken refused = take();
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryIn()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));

        clock.move(Duration.ofSeconds(21));
        assertThat(take().allowed()).isTrue();
        assertThat(take().allowed()).isFalse();
    }

    @Test
    void an_address_is_limited_but_loopback_is_free() {
        for (int i = 0; i < 3; i++) {
            from("10.1.2.3");
            from("127.0.0.1");
        }
        from("127.0.0.1");
        from("0:0:0:0:0:0:0:1");

        assertThatThrownBy(() -> from("10.1.2.3"))
                .isInstanceOfSatisfying(HttpProblem.class, refusal -> assertThat(refusal.getStatusCode())
                        .isEqualTo(429));
    }

    private void from(String address) {
        addresses.take(key, 3, MINUTE, address).await().atMost(Duration.ofSeconds(5));
    }

    private RateLimits.Taken take() {
        return limits.take(key, 3, MINUTE).await().atMost(Duration.ofSeconds(5));
    }
}
