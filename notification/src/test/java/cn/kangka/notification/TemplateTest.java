package cn.kangka.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class TemplateTest {
    @Test
    void ships_every_template_that_services_use() {
        given().auth()
                .oauth2(editor())
                .get("/v1/templates?limit=100")
                .then()
                .statusCode(200)
                .body(
                        "items.id",
                        hasItems(
                                "login-code",
                                "identity-bound",
                                "identity-claimed",
                                "account-suspended",
                                "booking-made",
                                "booking-accepted",
                                "booking-refused",
                                "booking-cancelled",
                                "booking-moved",
                                "booking-reminder",
                                "draw-won",
                                "draw-lost",
                                "draw-stopped",
                                "booking-changed",
                                "waiting-offered",
                                "waiting-ended",
                                "visit-missed",
                                "mark-erased",
                                "appeal-decided",
                                "clinic-stopped",
                                "turn-near",
                                "referral-made",
                                "referral-answered",
                                "dependant-code",
                                "dependant-changed",
                                "report-ready",
                                "alert-raised",
                                "card-lost",
                                "card-used"));
    }

    @Test
    void the_list_is_paged() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = given().auth()
                    .oauth2(editor())
                    .get("/v1/templates?limit=5&cursor=" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.id", String.class));
            cursor = page.getString("next");
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(14).doesNotHaveDuplicates();
    }

    @Test
    void refuses_a_push_or_sms_that_could_hold_a_department_a_result_or_a_name() {
        save("indiscreet", texts("{hospital} {department}", "{report}", "【康卡】{name}"), null)
                .statusCode(422)
                .body("violations.field", hasItems("texts.zh-CN.push", "texts.zh-CN.sms", "texts.en.push"));
        given().auth().oauth2(editor()).get("/v1/templates/indiscreet").then().statusCode(404);
    }

    @Test
    void refuses_a_hidden_way_to_other_parameters() {
        save("hidden", texts("ok", "{#if department}x{/if}", null), null)
                .statusCode(422)
                .body("violations.field", hasItem("texts.zh-CN.push"));
        save("hidden", texts("ok", "{code.concat(name)}", null), null)
                .statusCode(422)
                .body("violations.field", hasItem("texts.zh-CN.push"));
        save("hidden", texts("{inject:secret}", "ok", null), null)
                .statusCode(422)
                .body("violations.field", hasItem("texts.zh-CN.body"));
    }

    @Test
    void refuses_an_sms_with_a_second_run_of_six_digits() {
        save("second-run", texts("ok", null, "【康卡】{code},客服 400800"), null)
                .statusCode(422)
                .body("violations.field", hasItem("texts.zh-CN.sms"));
    }

    @Test
    void a_notice_keeps_the_version_it_was_accepted_with() {
        MovableClock.moveTo(LocalTime.of(10, 0));
        save("frozen", texts("first {hospital}", "push", null), null)
                .statusCode(200)
                .body("version", equalTo(1));
        await().untilAsserted(() -> Told.post(frozen(UUID.randomUUID())).statusCode(202));
        UUID account = UUID.randomUUID();
        Told.accepted(
                Told.later(frozen(account), MovableClock.now().plusSeconds(3600).atOffset(ZoneOffset.UTC)));

        save("frozen", texts("second {hospital}", "push", null), "\"1\"")
                .statusCode(200)
                .header("ETag", "\"2\"");

        MovableClock.moveBy(Duration.ofHours(2));
        await().untilAsserted(() ->
                Told.inbox(account).body("items", hasSize(1)).body("items[0].body", equalTo("first 康宁医院")));
        UUID next = UUID.randomUUID();
        await().untilAsserted(() -> {
            Told.accepted(frozen(next));
            Told.inbox(next).body("items.body", hasItem("second 康宁医院"));
        });
    }

    @Test
    void a_change_on_top_of_an_older_version_is_refused() {
        save("contested", texts("a", null, null), null).statusCode(200);

        save("contested", texts("b", null, null), "\"0\"")
                .statusCode(412)
                .body("type", containsString("template-changed"));
    }

    @Test
    void only_editors_may_save() {
        given().auth()
                .oauth2(TestTokens.staff("agent1", "agent"))
                .contentType("application/json")
                .body(texts("a", null, null).encode())
                .put("/v1/templates/forbidden")
                .then()
                .statusCode(403);
    }

    @Test
    void speaks_english_to_those_who_want_it() {
        UUID account = UUID.randomUUID();
        given().auth()
                .oauth2(Told.service())
                .contentType("application/json")
                .body("{\"locale\":\"en\",\"active\":true,\"version\":3}")
                .put("/v1/accounts/" + account)
                .then()
                .statusCode(204);

        Told.accepted(Told.booking(account));

        Told.inbox(account)
                .body("items[0].title", equalTo("Appointment booked"))
                .body("items[0].body", containsString("on Tue 1 Dec, 09:00. It is confirmed."));
    }

    private static String editor() {
        return TestTokens.staff("editor1", "editor");
    }

    private static JsonObject frozen(UUID account) {
        return Told.booking(account).put("template", "frozen").put("key", "frozen:" + UUID.randomUUID());
    }

    private static JsonObject texts(String body, String push, String sms) {
        JsonObject one = new JsonObject()
                .put("title", "t")
                .put("body", body)
                .put("push", push)
                .put("sms", sms);
        return new JsonObject().put("texts", new JsonObject().put("zh-CN", one).put("en", one));
    }

    private static ValidatableResponse save(String name, JsonObject texts, String seen) {
        var request =
                given().auth().oauth2(editor()).contentType("application/json").body(texts.encode());
        return (seen == null ? request : request.header("If-Match", seen))
                .put("/v1/templates/" + name)
                .then();
    }
}
