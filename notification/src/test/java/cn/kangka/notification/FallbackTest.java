package cn.kangka.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalTime;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class FallbackTest {
    private static final Duration SHORTLY = Duration.ofMillis(700);
    private final String phone = Told.phone();

    @BeforeEach
    void at_day() {
        MovableClock.moveTo(LocalTime.of(10, 0));
    }

    @Test
    void an_unread_notice_goes_out_as_exactly_one_discreet_sms_after_three_hours() {
        UUID account = Told.account(phone, Told.token());
        Told.accepted(Told.booking(account));
        MovableClock.moveBy(Duration.ofHours(3).minusMinutes(1));
        await().during(SHORTLY).until(() -> Providers.sms().taken(phone).isEmpty());

        MovableClock.moveBy(Duration.ofMinutes(2));

        await().until(() -> Providers.sms().taken(phone).size() == 1);
        assertThat(Providers.sms().taken(phone).get(0).getString("text"))
                .startsWith("【康卡】")
                .doesNotContain("心内科", "王医生", "康宁");
        MovableClock.moveBy(Duration.ofHours(4));
        await().during(SHORTLY).until(() -> Providers.sms().taken(phone).size() == 1);
    }

    @Test
    void a_notice_that_was_read_needs_no_sms() {
        UUID account = Told.account(phone, null);
        Told.accepted(Told.booking(account));
        String id = Told.inbox(account).extract().path("items[0].id");
        given().auth()
                .oauth2(Told.citizen(account))
                .post("/v1/me/inbox/" + id + "/read")
                .then()
                .statusCode(204);

        MovableClock.moveBy(Duration.ofHours(4));

        await().during(SHORTLY).until(() -> Providers.sms().taken(phone).isEmpty());
        Told.deliveries(account).body("items.find { it.channel == 'SMS' }.reason", equalTo("read"));
    }

    @Test
    void without_a_known_phone_it_fails_with_the_reason() {
        UUID account = UUID.randomUUID();
        Told.accepted(Told.booking(account));

        MovableClock.moveBy(Duration.ofHours(3).plusMinutes(1));

        await().untilAsserted(() -> Told.deliveries(account)
                .body("items.find { it.channel == 'SMS' }.state", equalTo("FAILED"))
                .body("items.find { it.channel == 'SMS' }.reason", equalTo("no-phone")));
    }

    @Test
    void an_older_version_of_an_account_does_not_bring_an_old_phone_back() {
        String old = Told.phone();
        UUID account = UUID.randomUUID();
        put(account, phone, 7);
        put(account, old, 6);
        Told.accepted(Told.booking(account));

        MovableClock.moveBy(Duration.ofHours(3).plusMinutes(1));

        await().until(() -> Providers.sms().taken(phone).size() == 1);
        assertThat(Providers.sms().taken(old)).isEmpty();
    }

    private static void put(UUID account, String phone, int version) {
        given().auth()
                .oauth2(Told.service())
                .contentType("application/json")
                .body("{\"phone\":\"" + phone + "\",\"locale\":\"zh-CN\",\"active\":true,\"version\":" + version + "}")
                .put("/v1/accounts/" + account)
                .then()
                .statusCode(204);
    }
}
