package cn.kangka.bff.webapp;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import cn.kangka.bff.testing.FakeRegionResource;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(FakeRegionResource.class)
class AppRoutesTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/appointments/018f-1", "/reports/rep-lipid", "/card", "/alerts", "/me", "/book/H001"})
    void deep_links_open_the_app(String path) {
        get(path)
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString("<title>"))
                .header("Content-Security-Policy", containsString("script-src 'self'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("X-Frame-Options", equalTo("DENY"));
    }

    @Test
    void what_is_no_screen_is_not_found() {
        get("/admin").then().statusCode(404);
        get("/reportsx").then().statusCode(404);
    }

    @Test
    void files_are_kept_by_the_browser_but_asked_for_again() {
        Response first = get("/app/main.js");
        first.then().statusCode(200).contentType(containsString("javascript"));
        assertThat(first.getHeader("Cache-Control")).contains("max-age=0");
        given().header("If-Modified-Since", first.getHeader("Last-Modified"))
                .get("/app/main.js")
                .then()
                .statusCode(304);
    }
}
