package cn.kangka.api.review;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Neighbours;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ReviewDeskTest {
    private final String task = Ids.next().toString();

    @Test
    void a_registrar_decides_in_their_own_name() {
        Neighbours.EMPI.answer(
                "POST",
                "/v1/reviews/" + task + "/decision",
                asked -> new Neighbours.Answer(200, "{\"state\":\"SAME\",\"event\":null}"));

        registrar()
                .body(Map.of("decision", "SAME", "seconds", 7, "by", "somebody-else"))
                .post("/v1/reviews/" + task + "/decision")
                .then()
                .statusCode(200)
                .body("state", equalTo("SAME"));

        assertThat(Neighbours.EMPI.asked("POST", "/v1/reviews/" + task + "/decision"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body())
                        .contains("\"by\":\"registrar-7\"", "\"seconds\":7")
                        .doesNotContain("somebody-else"));
    }

    @Test
    void what_the_index_refuses_is_refused_here_in_the_readers_language() {
        Neighbours.EMPI.answer(
                "POST",
                "/v1/reviews/" + task + "/undo",
                asked -> new Neighbours.Answer(409, "{\"type\":\"/problems/undo-impossible\",\"status\":409}"));

        registrar()
                .post("/v1/reviews/" + task + "/undo")
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/undo-impossible"))
                .body("title", equalTo("无法撤销"));
    }

    @Test
    void only_registrars_and_only_known_words() {
        given().auth()
                .oauth2(TestTokens.staff("agent-7", "agent"))
                .get("/v1/reviews")
                .then()
                .statusCode(403);
        registrar().get("/v1/reviews?order=name").then().statusCode(400);
        registrar()
                .body(Map.of("decision", "PERHAPS", "seconds", 7))
                .post("/v1/reviews/" + task + "/decision")
                .then()
                .statusCode(400);
    }

    private static RequestSpecification registrar() {
        return given().auth()
                .oauth2(TestTokens.staff("registrar-7", "registrar"))
                .contentType("application/json");
    }
}
