package cn.kangka.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.sandbox.provider.ProgrammedAnswers.Answer;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real Firebase SDK against an endpoint that speaks FCM's HTTP v1. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class PushTest {
    private final String token = Told.token();
    private UUID account;

    @BeforeEach
    void an_account_with_a_device_at_day() {
        MovableClock.moveTo(LocalTime.of(10, 0));
        account = Told.account(Told.phone(), token);
    }

    @Test
    void a_push_says_nothing_but_that_there_is_something_and_carries_the_notices_id() {
        Told.accepted(Told.booking(account));

        await().until(() -> pushes().size() == 1);
        JsonObject push = pushes().get(0);
        String notice = Told.inbox(account).extract().path("items[0].id");
        assertThat(push.getString("collapseKey")).isEqualTo(notice);
        assertThat(push.getJsonObject("data").getString("notice")).isEqualTo(notice);
        assertThat(push.getJsonObject("data").getString("link")).isEqualTo("/appointments/1");
        assertThat(push.encode()).doesNotContain("心内科", "王医生", "康宁", "12月1日");
        settled("SENT");
    }

    @Test
    void every_device_of_the_account_gets_one_and_a_device_that_moved_to_another_account_none() {
        String second = Told.token();
        String moved = Told.token();
        Told.device(account, second);
        Told.device(account, moved);
        Told.device(UUID.randomUUID(), moved);

        Told.accepted(Told.booking(account));

        await().until(() ->
                pushes().size() == 1 && Providers.fcm().taken(second).size() == 1);
        assertThat(Providers.fcm().taken(moved)).isEmpty();
    }

    @Test
    void a_device_without_the_app_is_disabled_until_it_registers_again() {
        Providers.fcm().uninstall(token);
        Told.accepted(Told.booking(account));
        settled("FAILED");

        given().auth()
                .oauth2(Told.citizen(account))
                .get("/v1/me/endpoints")
                .then()
                .body("items[0].active", equalTo(false));
        Told.accepted(Told.booking(account));
        await().untilAsserted(() -> assertThat(Told.state(account, "PUSH")).isEqualTo("SKIPPED"));
        Told.device(account, token);
        given().auth()
                .oauth2(Told.citizen(account))
                .get("/v1/me/endpoints")
                .then()
                .body("items[0].active", equalTo(true));
    }

    @Test
    void what_the_provider_calls_our_fault_is_parked_listed_and_can_be_replayed() {
        Providers.fcm().answers().next(token, Answer.json(400, """
                {"error":{"code":400,"message":"Request contains an invalid argument.","status":"INVALID_ARGUMENT",\
                "details":[{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError",\
                "errorCode":"INVALID_ARGUMENT"}]}}"""));
        Told.accepted(Told.booking(account));
        settled("PARKED");
        String id = Told.deliveries(account).extract().path("items.find { it.channel == 'FCM' }.id");
        String operator = TestTokens.staff("operator1", "integration");

        given().auth()
                .oauth2(operator)
                .get("/v1/deliveries?state=PARKED&limit=200")
                .then()
                .statusCode(200)
                .body("items.find { it.id == '" + id + "' }.reason", equalTo("invalid-argument"));
        given().auth()
                .oauth2(operator)
                .post("/v1/deliveries/" + id + "/replay")
                .then()
                .statusCode(202);

        settled("SENT");
        assertThat(pushes()).hasSize(1);
        given().auth()
                .oauth2(operator)
                .post("/v1/deliveries/" + id + "/replay")
                .then()
                .statusCode(409)
                .body("type", containsString("delivery-not-replayable"));
        given().auth()
                .oauth2(operator)
                .post("/v1/deliveries/" + UUID.randomUUID() + "/replay")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(Told.citizen(account))
                .get("/v1/deliveries")
                .then()
                .statusCode(403);
    }

    @Test
    void a_503_that_may_have_been_delivered_is_repeated_once_under_the_same_collapse_id() {
        Providers.fcm()
                .answers()
                .next(
                        token,
                        Answer.json(503, "{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}")
                                .butAccepted());

        Told.accepted(Told.booking(account));

        settled("SENT");
        assertThat(pushes()).hasSize(2);
        assertThat(pushes().get(0).getString("collapseKey"))
                .isEqualTo(pushes().get(1).getString("collapseKey"));
        Told.deliveries(account).body("items.find { it.channel == 'FCM' }.attempts", equalTo(2));
    }

    @Test
    void an_html_502_and_a_500_are_repeated() {
        Providers.fcm()
                .answers()
                .next(token, new Answer(502, "text/html", "<html>502. That's an error.</html>", Map.of(), false));
        Providers.fcm().answers().next(token, Answer.json(500, "{\"error\":{\"code\":500,\"status\":\"INTERNAL\"}}"));

        Told.accepted(Told.booking(account));

        settled("SENT");
        assertThat(pushes()).hasSize(1);
        Told.deliveries(account).body("items.find { it.channel == 'FCM' }.attempts", equalTo(3));
    }

    @Test
    void retry_after_slows_that_provider_only() {
        Providers.fcm()
                .answers()
                .next(
                        token,
                        Answer.json(429, "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}")
                                .with("Retry-After", "3"));
        Told.accepted(Told.booking(account));
        await().untilAsserted(() ->
                Told.deliveries(account).body("items.find { it.channel == 'FCM' }.reason", equalTo("quota-exceeded")));
        long paused = System.nanoTime();
        String otherDevice = Told.token();
        UUID other = Told.account(Told.phone(), otherDevice);
        String phone = Told.phone();

        Told.accepted(Told.booking(other));
        Told.accepted(Told.loginCode(phone, "123456"));

        await().atMost(Duration.ofSeconds(1))
                .until(() -> Providers.sms().taken(phone).size() == 1);
        assertThat(Providers.fcm().taken(otherDevice)).isEmpty();
        await().until(() -> Providers.fcm().taken(otherDevice).size() == 1 && pushes().size() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - paused)).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void gives_up_after_so_many_attempts_and_parks() {
        for (int i = 0; i < 5; i++) {
            Providers.fcm().answers().next(token, Answer.json(500, "{}"));
        }

        Told.accepted(Told.booking(account));

        settled("PARKED");
        Told.deliveries(account)
                .body("items.find { it.channel == 'FCM' }.attempts", equalTo(5))
                .body("items.find { it.channel == 'FCM' }.reason", equalTo("gave-up: status-500"));
    }

    private List<JsonObject> pushes() {
        return Providers.fcm().taken(token);
    }

    private void settled(String state) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(Told.state(account, "FCM")).isEqualTo(state));
    }
}
