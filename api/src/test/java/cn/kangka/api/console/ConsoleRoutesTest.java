package cn.kangka.api.console;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import cn.kangka.api.testing.Neighbours;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ConsoleRoutesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/",
                "/console/login",
                "/console/callers",
                "/console/call",
                "/console/call/018f-1",
                "/console/desk",
                "/console/referrals",
                "/console/templates"
            })
    void deep_links_open_the_console_without_a_token(String path) {
        get(path)
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString("/console/main.js"))
                .header("Content-Security-Policy", containsString("script-src 'self'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("X-Frame-Options", equalTo("DENY"));
    }

    @Test
    void the_screen_in_a_waiting_room_is_a_page_of_its_own() {
        get("/console/board/018f4a3e-0000-7000-8000-000000000000")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString("/console/board.js"))
                .body(not(containsString("/console/main.js")))
                .header("Content-Security-Policy", containsString("script-src 'self'"));
        get("/console/boards/018f4a3e").then().statusCode(404);
    }

    @Test
    void the_address_without_its_slash_leads_there() {
        given().redirects()
                .follow(false)
                .get("/console")
                .then()
                .statusCode(302)
                .header("Location", endsWith("/console/"));
    }

    @Test
    void what_is_no_screen_is_not_found() {
        get("/console/admin").then().statusCode(404);
        get("/console/callx").then().statusCode(404);
    }

    @Test
    void files_are_kept_by_the_browser_but_asked_for_again() {
        Response first = get("/console/main.js");
        first.then().statusCode(200).contentType(containsString("javascript"));
        assertThat(first.getHeader("Cache-Control")).contains("max-age=0");
        given().header("If-Modified-Since", first.getHeader("Last-Modified"))
                .get("/console/main.js")
                .then()
                .statusCode(304);
    }

    @Test
    void both_languages_have_the_same_texts() {
        Set<String> chinese = texts("zh-CN");

        assertThat(chinese).hasSizeGreaterThan(50);
        assertThat(texts("en")).isEqualTo(chinese);
    }

    private static Set<String> texts(String language) {
        return get("/console/i18n/" + language + ".json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<String, String>getMap("")
                .keySet();
    }
}
