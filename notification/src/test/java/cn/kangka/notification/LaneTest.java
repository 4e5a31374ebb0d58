package cn.kangka.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class LaneTest {
    private static final int CAMPAIGN = 3_000;

    @Inject
    Pool pool;

    @Test
    void a_campaign_to_thousands_does_not_delay_an_urgent_notice() {
        MovableClock.moveTo(LocalTime.of(10, 0));
        UUID crowd = Told.account(null, Told.token());
        String token = Told.token();
        UUID account = Told.account(Told.phone(), token);
        for (int i = 0; i < CAMPAIGN / 1000; i++) {
            Told.accepted(batch(crowd));
        }

        for (int i = 1; i <= 5; i++) {
            int sent = i;
            Told.accepted(Told.booking(account, "stop:" + UUID.randomUUID(), "URGENT"));
            await().atMost(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> Providers.fcm().taken(token).size() == sent);
        }

        assertThat(waiting()).as("campaign pushes still waiting behind").isPositive();
        pool.query("update delivery set state = 'CANCELLED', reason = 'test' where lane = 'CAMPAIGN'"
                        + " and state in ('QUEUED', 'HELD')")
                .execute()
                .await()
                .indefinitely();
    }

    private long waiting() {
        return pool.query("select count(*) from delivery where lane = 'CAMPAIGN' and channel in ('PUSH', 'FCM')"
                        + " and state in ('QUEUED', 'CLAIMED')")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private static JsonArray batch(UUID account) {
        JsonArray batch = new JsonArray();
        for (int i = 0; i < 1000; i++) {
            batch.add(Told.booking(account, "campaign:" + UUID.randomUUID(), "CAMPAIGN"));
        }
        return batch;
    }
}
