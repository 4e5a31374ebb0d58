package cn.kangka.api.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Neighbours;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class InternalProblemTest {
    @ParameterizedTest
    @ValueSource(strings = {"throwable", "error", "exception"})
    void whatever_goes_wrong_is_one_problem_without_internals(String kind) {
        String body = given().header("Accept-Language", "en")
                .get("/test/throwing/" + kind)
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/internal"))
                .body("status", equalTo(500))
                .body("title", equalTo("Something went wrong"))
                .extract()
                .asString();

        assertThat(body)
                .doesNotContain(ThrowingResource.SECRET, "Throwable", "Exception", "AssertionError", "cn.kangka");
    }
}
