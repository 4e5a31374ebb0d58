package cn.kangka.bff.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.bff.testing.FakeRegionResource;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(FakeRegionResource.class)
class SessionTest {
    private static RequestSpecification fromOurPage() {
        return given().header("X-Requested-With", "kangka").contentType("application/json");
    }

    private static Response login() {
        return fromOurPage()
                .body("{\"phone\":\"13900002468\",\"code\":\"123456\"}")
                .post("/session");
    }

    @Test
    void the_refresh_token_is_in_a_cookie_that_no_script_and_no_other_site_gets() {
        Response answer = login();
        answer.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("accessToken", notNullValue())
                .body("expiresIn", equalTo(600))
                .body("refreshToken", nullValue());
        Cookie cookie = answer.getDetailedCookie("kangka_session");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Strict");
        assertThat(cookie.getPath()).isEqualTo("/session");
        assertThat(cookie.isSecured()).as("plain http in this test").isFalse();
        given().header("Authorization", "Bearer " + answer.path("accessToken"))
                .get("/v1/home")
                .then()
                .statusCode(200);
    }

    @Test
    void every_renewal_rotates_the_cookie_and_the_old_one_is_dead() {
        String first = login().getCookie("kangka_session");
        Response renewed = fromOurPage().cookie("kangka_session", first).post("/session/refresh");
        renewed.then().statusCode(200).body("accessToken", notNullValue());
        assertThat(renewed.getCookie("kangka_session")).isNotEqualTo(first);
        fromOurPage()
                .cookie("kangka_session", first)
                .header("Accept-Language", "en")
                .post("/session/refresh")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/session-over"))
                .body("detail", containsString("log in again"))
                .header("Set-Cookie", containsString("Max-Age=0"));
    }

    @Test
    void logging_out_ends_the_session_at_its_owner_and_in_the_browser() {
        String cookie = login().getCookie("kangka_session");
        fromOurPage()
                .cookie("kangka_session", cookie)
                .delete("/session")
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));
        fromOurPage()
                .cookie("kangka_session", cookie)
                .post("/session/refresh")
                .then()
                .statusCode(401);
        fromOurPage().delete("/session").then().statusCode(204);
    }

    @Test
    void another_site_s_page_is_refused() {
        given().contentType("application/json")
                .body("{\"phone\":\"13900002468\",\"code\":\"123456\"}")
                .post("/session")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/cross-site"));
        given().post("/session/refresh").then().statusCode(403);
        given().delete("/session").then().statusCode(403);
    }

    @Test
    void a_refusal_of_api_is_told_in_its_own_words() {
        fromOurPage()
                .body("{\"phone\":\"13900002468\",\"code\":\"000000\"}")
                .post("/session")
                .then()
                .statusCode(401)
                .body("type", equalTo("/problems/login-code-wrong"))
                .body("detail", containsString("验证码不正确"));
    }

    @Test
    void fields_are_checked_and_named() {
        fromOurPage()
                .body("{\"phone\":\"\"}")
                .post("/session")
                .then()
                .statusCode(not(200))
                .body("violations.size()", equalTo(2));
        fromOurPage().post("/session/refresh").then().statusCode(401);
    }
}
