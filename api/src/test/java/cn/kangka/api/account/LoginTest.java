package cn.kangka.api.account;

import static cn.kangka.api.testing.Citizen.askForCode;
import static cn.kangka.api.testing.Citizen.codeSentTo;
import static cn.kangka.api.testing.Citizen.tryLogin;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Phones;
import cn.kangka.api.testing.Tokens;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class LoginTest {
    @Inject
    MovableClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void a_code_to_the_phone_logs_in_and_makes_the_account() {
        Citizen citizen = Citizen.loggedIn();

        citizen.call()
                .get("/v1/me")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("id", equalTo(citizen.account().toString()))
                .body("level", equalTo(0))
                .body("status", equalTo("ACTIVE"))
                .body("phone", equalTo(citizen.phone.substring(0, 3) + "****" + citizen.phone.substring(7)));
        Eventually.isTrue(
                "notification knows the account",
                () -> Neighbours.NOTIFICATION.asked("PUT", "/v1/accounts/" + citizen.account()).stream()
                        .anyMatch(asked -> asked.body().contains(citizen.phone)
                                && asked.body().contains("\"active\":true")
                                && asked.trace() != null
                                && asked.authorization().startsWith("Bearer ")));
    }

    @Test
    void the_second_login_of_a_phone_is_the_same_account() {
        Citizen first = Citizen.loggedIn();
        clock.move(Duration.ofMinutes(2));
        Citizen second = Citizen.loggedIn(first.phone);

        assertThat(second.account()).isEqualTo(first.account());
    }

    @Test
    void the_access_token_is_signed_by_the_published_key_and_lives_ten_minutes() {
        Citizen citizen = Citizen.loggedIn();

        var claims = Tokens.claims(citizen.accessToken());
        assertThat(claims.getString("iss")).isEqualTo("kangka");
        assertThat(claims.getString("channel")).isEqualTo("app");
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(600);
        assertThat(Tokens.header(citizen.accessToken()).getString("alg")).isEqualTo("ES256");
        get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .body(
                        "keys[0].kid",
                        equalTo(Tokens.header(citizen.accessToken()).getString("kid")))
                .body("keys[0].d", equalTo(null));
    }

    @Test
    void nobody_chooses_their_quota_by_what_they_say_of_themselves() {
        String phone = Phones.next();
        askForCode(phone).then().statusCode(202);
        String token = given().contentType(ContentType.JSON)
                .body(Map.of("phone", phone, "code", codeSentTo(phone), "channel", "web"))
                .post("/v1/login")
                .then()
                .statusCode(200)
                .extract()
                .path("accessToken");

        assertThat(Tokens.claims(token).getString("channel")).isEqualTo("app");
    }

    @Test
    void what_is_no_mainland_mobile_number_is_refused_by_name() {
        for (String phone : new String[] {"12912345678", "1391234567", "139123456789", "+8613912345678", ""}) {
            askForCode(phone)
                    .then()
                    .statusCode(422)
                    .body("type", endsWith("/problems/invalid"))
                    .body("violations[0].field", equalTo("phone"));
        }
    }

    @Test
    void a_phone_gets_one_code_a_minute_also_from_loopback() {
        String phone = Phones.next();
        askForCode(phone).then().statusCode(202);

        askForCode(phone)
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("type", endsWith("/problems/login-codes-too-many"));
        clock.move(Duration.ofSeconds(61));
        askForCode(phone).then().statusCode(202);
    }

    @Test
    void a_phone_gets_five_codes_an_hour() {
        String phone = Phones.next();
        for (int i = 0; i < 5; i++) {
            askForCode(phone).then().statusCode(202);
            clock.move(Duration.ofSeconds(61));
        }

        int wait = Integer.parseInt(
                askForCode(phone).then().statusCode(429).extract().header("Retry-After"));

        assertThat(wait).isBetween(3_200, 3_300);
        clock.move(Duration.ofSeconds(wait));
        askForCode(phone).then().statusCode(202);
    }

    @Test
    void a_wrong_code_says_the_same_as_an_unknown_phone() {
        String phone = Phones.next();
        askForCode(phone).then().statusCode(202);
        String code = codeSentTo(phone);

        var wrong =
                tryLogin(phone, other(code)).then().statusCode(401).extract().jsonPath();
        var unknown = tryLogin(Phones.next(), "123456")
                .then()
                .statusCode(401)
                .extract()
                .jsonPath();

        assertThat(wrong.getString("type")).isEqualTo("/problems/login-code-wrong");
        assertThat(wrong.getMap("")).isEqualTo(unknown.getMap(""));
    }

    @Test
    void a_code_is_void_after_five_wrong_tries() {
        String phone = Phones.next();
        askForCode(phone).then().statusCode(202);
        String code = codeSentTo(phone);
        for (int i = 0; i < 5; i++) {
            tryLogin(phone, other(code)).then().statusCode(401);
        }

        tryLogin(phone, code).then().statusCode(401);
    }

    @Test
    void a_code_is_void_after_five_minutes() {
        String phone = Phones.next();
        askForCode(phone).then().statusCode(202);
        String code = codeSentTo(phone);
        clock.move(Duration.ofMinutes(5).plusSeconds(1));

        tryLogin(phone, code).then().statusCode(401);
    }

    @Test
    void a_code_logs_in_once() {
        String phone = Phones.next();
        askForCode(phone).then().statusCode(202);
        String code = codeSentTo(phone);
        tryLogin(phone, code).then().statusCode(200);

        tryLogin(phone, code).then().statusCode(401);
    }

    @Test
    void only_the_newest_code_is_good() {
        String phone = Phones.next();
        askForCode(phone).then().statusCode(202);
        String first = codeSentTo(phone);
        clock.move(Duration.ofSeconds(61));
        askForCode(phone).then().statusCode(202);
        String second = Eventually.get("another code", () -> {
            String newest = codeSentTo(phone);
            return newest.equals(first) ? null : newest;
        });

        tryLogin(phone, first).then().statusCode(401);
        tryLogin(phone, second).then().statusCode(200);
    }

    @Test
    void without_a_phone_or_code_the_fields_are_named() {
        given().contentType(ContentType.JSON)
                .body(Map.of("phone", Phones.next()))
                .post("/v1/login")
                .then()
                .statusCode(400)
                .body("violations[0].field", endsWith("code"));
    }

    private static String other(String code) {
        return code.equals("000000") ? "111111" : "000000";
    }
}
