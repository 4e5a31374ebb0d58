package cn.kangka.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class LoginCodeTest {
    @Test
    void reaches_the_sms_provider_within_a_second_even_at_night() {
        MovableClock.moveTo(LocalTime.of(23, 30));
        String phone = Told.phone();
        Told.accepted(Told.loginCode(phone, "111111")); // the first one warms the service
        await().until(() -> Providers.sms().taken(phone).size() == 1);

        Told.accepted(Told.loginCode(phone, "204816"));

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Providers.sms().taken(phone).size() == 2);
        String text = Providers.sms().taken(phone).get(0).getString("text");
        List<String> runs = Pattern.compile("[0-9]{6,}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(runs).containsExactly("204816");
        assertThat(text).startsWith("【康卡】");
    }
}
