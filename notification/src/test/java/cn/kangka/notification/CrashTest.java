package cn.kangka.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a killed worker leaves behind is a leased row; the lease's end is all that the next one sees of it. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class CrashTest {
    private final String token = Told.token();
    private UUID account;

    @Inject
    Pool pool;

    @BeforeEach
    void an_account_with_a_device_at_day() {
        MovableClock.moveTo(LocalTime.of(10, 0));
        account = Told.account(Told.phone(), token);
    }

    @Test
    void killed_after_the_claim_it_is_sent_when_the_lease_ends() {
        Told.accepted(Told.later(
                Told.booking(account), MovableClock.now().plusSeconds(3600).atOffset(ZoneOffset.UTC)));
        leaseFor("PUSH", Duration.ofSeconds(1));
        assertThat(Providers.fcm().taken(token)).isEmpty();

        await().until(() -> Providers.fcm().taken(token).size() == 1);
    }

    @Test
    void killed_after_the_sending_it_is_repeated_under_the_same_collapse_id_only() {
        Told.accepted(Told.booking(account));
        sent();

        leaseFor("FCM", Duration.ofMillis(500)); // the settlement was lost

        await().until(() -> Providers.fcm().taken(token).size() == 2);
        assertThat(Providers.fcm().taken(token).stream()
                        .map(push -> push.getString("collapseKey"))
                        .distinct())
                .hasSize(1);
        sent();
    }

    @Test
    void killed_after_the_settlement_nothing_is_repeated() {
        Told.accepted(Told.booking(account));
        sent();
        leaseFor("PUSH", Duration.ofMillis(200)); // routing was repeated

        await().untilAsserted(() -> assertThat(Told.state(account, "PUSH")).isEqualTo("ROUTED"));
        await().during(Duration.ofSeconds(1))
                .until(() -> Providers.fcm().taken(token).size() == 1);
    }

    @Test
    void a_fallback_sms_is_one_row_whatever_is_repeated() {
        Told.accepted(Told.booking(account));

        Long rows = pool.preparedQuery("select count(*) from delivery where account = $1 and channel = 'SMS'")
                .execute(Tuple.of(account))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
        assertThat(rows).isEqualTo(1);
    }

    private void sent() {
        await().untilAsserted(() -> assertThat(Told.state(account, "FCM")).isEqualTo("SENT"));
    }

    private void leaseFor(String channel, Duration left) {
        pool.preparedQuery("update delivery set state = 'CLAIMED', attempts = attempts + 1, due_at = $3"
                        + " where account = $1 and channel = $2")
                .execute(
                        Tuple.of(account, channel, MovableClock.now().plus(left).atOffset(ZoneOffset.UTC)))
                .await()
                .indefinitely();
    }
}
