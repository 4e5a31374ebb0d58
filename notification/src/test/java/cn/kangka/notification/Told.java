package cn.kangka.notification;

import static io.restassured.RestAssured.given;

import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What tests tell the service and ask it, over HTTP. */
final class Told {
    private Told() {}

    static String service() {
        return TestTokens.service("api", "notification");
    }

    static JsonObject booking(UUID account, String key, String noticeClass) {
        return new JsonObject()
                .put("key", key)
                .put("class", noticeClass)
                .put("template", "booking-made")
                .put("to", new JsonObject().put("account", account.toString()))
                .put(
                        "params",
                        new JsonObject()
                                .put("hospital", "康宁医院")
                                .put("department", "心内科")
                                .put("doctor", "王医生")
                                .put("start", "2026-12-01T09:00:00+08:00")
                                .put("status", "ACCEPTED"))
                .put("link", "/appointments/1");
    }

    static JsonObject booking(UUID account) {
        return booking(account, "booking-made:" + UUID.randomUUID(), "TRANSACTIONAL");
    }

    static JsonObject loginCode(String phone, String code) {
        return new JsonObject()
                .put("key", "login-code:" + UUID.randomUUID())
                .put("class", "TRANSACTIONAL")
                .put("template", "login-code")
                .put("to", new JsonObject().put("phone", phone))
                .put("params", new JsonObject().put("code", code).put("minutes", "5"))
                .put(
                        "expiresAt",
                        MovableClock.now()
                                .plusSeconds(300)
                                .atOffset(ZoneOffset.UTC)
                                .toString());
    }

    static JsonObject later(JsonObject notice, OffsetDateTime notBefore) {
        return notice.put("notBefore", notBefore.toString());
    }

    static ValidatableResponse post(Object body) {
        return given().auth()
                .oauth2(service())
                .contentType("application/json")
                .body(body.toString())
                .post("/v1/notices")
                .then();
    }

    static void accepted(Object body) {
        post(body).statusCode(202);
    }

    /** An account with a phone and, when given, a device. */
    static UUID account(String phone, String deviceToken) {
        UUID account = UUID.randomUUID();
        given().auth()
                .oauth2(service())
                .contentType("application/json")
                .body(new JsonObject()
                        .put("phone", phone)
                        .put("locale", "zh-CN")
                        .put("active", true)
                        .put("version", 1)
                        .encode())
                .put("/v1/accounts/" + account)
                .then()
                .statusCode(204);
        if (deviceToken != null) {
            device(account, deviceToken);
        }
        return account;
    }

    static void device(UUID account, String token) {
        given().auth()
                .oauth2(citizen(account))
                .contentType("application/json")
                .body(new JsonObject().put("token", token).encode())
                .put("/v1/me/endpoints/fcm")
                .then()
                .statusCode(200);
    }

    static String citizen(UUID account) {
        return TestTokens.citizen(account, 2);
    }

    static ValidatableResponse inbox(UUID account) {
        return given().auth().oauth2(citizen(account)).get("/v1/me/inbox").then();
    }

    static ValidatableResponse deliveries(UUID account) {
        return given().auth()
                .oauth2(service())
                .get("/v1/accounts/" + account + "/deliveries?limit=200")
                .then()
                .statusCode(200);
    }

    /** The state of the account's newest delivery on a channel; null when there is none. */
    static String state(UUID account, String channel) {
        return deliveries(account).extract().path("items.find { it.channel == '" + channel + "' }?.state");
    }

    static String phone() {
        return "138" + (10_000_000 + ThreadLocalRandom.current().nextInt(89_999_999));
    }

    static String token() {
        return "device-" + UUID.randomUUID();
    }
}
