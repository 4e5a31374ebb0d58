package cn.kangka.notification;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class IntakeTest {
    @BeforeEach
    void at_day() {
        MovableClock.moveTo(LocalTime.of(10, 0));
    }

    @Test
    void a_notice_is_in_the_inbox_when_the_answer_is_there() {
        UUID account = UUID.randomUUID();

        Told.post(Told.booking(account)).statusCode(202).body("accepted", equalTo(1));

        Told.inbox(account)
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].title", equalTo("预约已提交"))
                .body("items[0].body", containsString("康宁医院 心内科 王医生，就诊时间 12月1日 周二 09:00。预约成功。"))
                .body("items[0].link", equalTo("/appointments/1"))
                .body("items[0].class", equalTo("TRANSACTIONAL"))
                .body("items[0].readAt", equalTo(null));
    }

    @Test
    void the_same_key_and_content_again_changes_nothing() {
        UUID account = UUID.randomUUID();
        JsonObject notice = Told.booking(account);
        Told.accepted(notice);

        Told.post(notice).statusCode(202).body("accepted", equalTo(1));

        Told.inbox(account).body("items", hasSize(1));
        Told.deliveries(account)
                .body("items.channel.unique().size()", equalTo(2))
                .body("items", hasSize(2));
    }

    @Test
    void the_same_key_with_other_content_replaces_what_is_unsent() {
        UUID account = UUID.randomUUID();
        String key = "reminder:" + UUID.randomUUID();
        OffsetDateTime inTwoHours = MovableClock.now().plus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC);
        Told.accepted(Told.later(Told.booking(account, key, "REMINDER"), inTwoHours));
        JsonObject moved = Told.later(Told.booking(account, key, "REMINDER"), inTwoHours.plusHours(1));
        moved.getJsonObject("params").put("doctor", "李医生");

        Told.accepted(moved);

        MovableClock.moveBy(Duration.ofHours(2).plusMinutes(1));
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(3)).untilAsserted(() -> Told.inbox(account)
                .body("items", hasSize(0)));
        MovableClock.moveBy(Duration.ofHours(1));
        await().untilAsserted(() ->
                Told.inbox(account).body("items", hasSize(1)).body("items[0].body", containsString("李医生")));
    }

    @Test
    void a_notice_taken_back_is_not_sent_and_a_late_repetition_does_not_revive_it() {
        UUID account = UUID.randomUUID();
        JsonObject notice = Told.later(
                Told.booking(account), MovableClock.now().plusSeconds(3600).atOffset(ZoneOffset.UTC));
        Told.accepted(notice);

        given().auth()
                .oauth2(Told.service())
                .delete("/v1/notices/" + notice.getString("key"))
                .then()
                .statusCode(204);

        Told.accepted(notice);
        Told.deliveries(account).body("items.state.unique()", equalTo(java.util.List.of("CANCELLED")));
        MovableClock.moveBy(Duration.ofHours(2));
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(3)).untilAsserted(() -> Told.inbox(account)
                .body("items", hasSize(0)));
    }

    @Test
    void a_past_time_is_an_error_but_a_repetition_of_what_was_accepted_in_time_is_not() {
        UUID account = UUID.randomUUID();
        JsonObject late = Told.later(
                Told.booking(account), MovableClock.now().minusSeconds(61).atOffset(ZoneOffset.UTC));
        Told.post(late)
                .statusCode(422)
                .body("type", endsWith("/problems/invalid"))
                .body("violations.field", hasItem("notBefore"));

        JsonObject inTime = Told.later(
                Told.booking(account), MovableClock.now().minusSeconds(30).atOffset(ZoneOffset.UTC));
        Told.accepted(inTime);
        MovableClock.moveBy(Duration.ofMinutes(10));

        Told.accepted(inTime);
    }

    @Test
    void a_batch_is_accepted_whole_or_not_at_all_and_every_field_at_fault_is_named() {
        UUID account = UUID.randomUUID();
        JsonObject unknownTemplate = Told.booking(account).put("template", "no-such");
        JsonObject noRecipient = Told.booking(account).put("to", new JsonObject());
        JsonObject away = Told.booking(account).put("link", "//evil.example/");
        JsonArray batch =
                new JsonArray().add(Told.booking(account)).add(noRecipient).add(away);

        Told.post(batch).statusCode(422).body("violations.field", hasItems("notices[1].to", "notices[2].link"));
        Told.post(new JsonArray().add(Told.booking(account)).add(unknownTemplate))
                .statusCode(422)
                .body("violations.field", hasItem("notices[1].template"));

        Told.inbox(account).body("items", hasSize(0));
        Told.post(new JsonArray().add(Told.booking(account)).add(Told.booking(account)))
                .statusCode(202)
                .body("accepted", equalTo(2));
        Told.inbox(account).body("items", hasSize(2));
    }

    @Test
    void nothing_but_a_short_code_fits_into_an_sms() {
        JsonObject smuggled = Told.loginCode(Told.phone(), "张三糖尿病");

        Told.post(smuggled).statusCode(422).body("violations.field", hasItem("params.code"));
    }

    @Test
    void only_services_and_producers_may_tell() {
        JsonObject notice = Told.booking(UUID.randomUUID());
        given().contentType("application/json")
                .body(notice.encode())
                .post("/v1/notices")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(Told.citizen(UUID.randomUUID()))
                .contentType("application/json")
                .body(notice.encode())
                .post("/v1/notices")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(TestTokens.client("bank", "producer", "", java.util.Map.of()))
                .contentType("application/json")
                .body(notice.encode())
                .post("/v1/notices")
                .then()
                .statusCode(202);
    }

    @Test
    void takes_in_a_thousand_by_one_batch() {
        UUID account = UUID.randomUUID();
        JsonArray batch = batch(999);
        batch.add(Told.booking(account));

        Told.accepted(batch);

        Told.inbox(account).body("items", hasSize(1));
    }

    private static JsonArray batch(int size) {
        JsonArray batch = new JsonArray();
        for (int i = 0; i < size; i++) {
            batch.add(Told.later(
                    Told.booking(UUID.randomUUID(), "load:" + UUID.randomUUID(), "CAMPAIGN"),
                    MovableClock.now().plus(Duration.ofDays(300)).atOffset(ZoneOffset.UTC)));
        }
        return batch;
    }
}
