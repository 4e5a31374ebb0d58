package cn.kangka.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class QuietHoursTest {
    private final String token = Told.token();
    private final String phone = Told.phone();

    @Test
    void at_night_a_push_waits_for_the_morning_but_the_inbox_has_it_at_once() {
        MovableClock.moveTo(LocalTime.of(22, 30));
        UUID account = Told.account(phone, token);

        Told.accepted(Told.booking(account));

        Told.inbox(account).body("items", hasSize(1));
        await().untilAsserted(() -> assertThat(Told.state(account, "FCM")).isEqualTo("HELD"));
        assertThat(Providers.fcm().taken(token)).isEmpty();
        MovableClock.moveTo(LocalTime.of(6, 0));
        await().until(() -> Providers.fcm().taken(token).size() == 1);
        // The fallback counts from the morning: it does not come together with the push that it stands in for.
        assertThat(Providers.sms().taken(phone)).isEmpty();
        MovableClock.moveTo(LocalTime.of(9, 1));
        await().until(() -> Providers.sms().taken(phone).size() == 1);
    }

    @Test
    void a_stop_of_clinic_breaks_the_quiet_hours() {
        MovableClock.moveTo(LocalTime.of(23, 0));
        UUID account = Told.account(phone, token);

        Told.accepted(
                Told.booking(account, "stop:" + UUID.randomUUID(), "URGENT").put("template", "clinic-stopped"));

        await().until(() -> Providers.fcm().taken(token).size() == 1);
        MovableClock.moveBy(Duration.ofMinutes(5).plusSeconds(1));
        await().until(() -> Providers.sms().taken(phone).size() == 1);
    }

    @Test
    void a_persons_own_hours_and_classes_count() {
        MovableClock.moveTo(LocalTime.of(20, 0));
        UUID account = Told.account(phone, token);
        save(account, wishes("19:00", "08:00", false)).statusCode(200).body("quietHours.from", equalTo("19:00"));
        given().auth()
                .oauth2(Told.citizen(account))
                .get("/v1/me/preferences")
                .then()
                .body("classes.find { it.class == 'REMINDER' }.push", equalTo(false));

        Told.accepted(Told.booking(account));
        Told.accepted(Told.booking(account, "r:" + UUID.randomUUID(), "REMINDER"));

        await().untilAsserted(() -> Told.deliveries(account)
                .body(
                        "items.findAll { it.channel == 'FCM' }.state.sort()",
                        equalTo(java.util.List.of("HELD", "SKIPPED"))));
        MovableClock.moveTo(LocalTime.of(8, 0));
        await().untilAsserted(() -> Told.deliveries(account)
                .body(
                        "items.findAll { it.channel == 'FCM' }.state.sort()",
                        equalTo(java.util.List.of("SENT", "SKIPPED"))));
        assertThat(Providers.fcm().taken(token)).hasSize(1);
        Told.inbox(account).body("items", hasSize(2));
    }

    @Test
    void urgent_notices_cannot_be_switched_off() {
        JsonObject wishes = wishes("22:00", "06:00", true);
        wishes.getJsonArray("classes")
                .add(new JsonObject().put("class", "URGENT").put("push", false).put("sms", true));

        save(UUID.randomUUID(), wishes).statusCode(422).body("violations.field", hasItem("classes.URGENT"));
        save(UUID.randomUUID(), wishes("25:00", "06:00", true)).statusCode(400);
    }

    private static JsonObject wishes(String from, String to, boolean reminderPush) {
        return new JsonObject()
                .put("quietHours", new JsonObject().put("from", from).put("to", to))
                .put(
                        "classes",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("class", "REMINDER")
                                        .put("push", reminderPush)
                                        .put("sms", false)));
    }

    private static io.restassured.response.ValidatableResponse save(UUID account, JsonObject wishes) {
        return given().auth()
                .oauth2(Told.citizen(account))
                .contentType("application/json")
                .body(wishes.encode())
                .put("/v1/me/preferences")
                .then();
    }
}
