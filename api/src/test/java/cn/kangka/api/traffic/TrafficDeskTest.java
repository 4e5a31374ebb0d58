package cn.kangka.api.traffic;

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
class TrafficDeskTest {
    private final String message = Ids.next().toString();

    @Test
    void a_search_reaches_the_index_as_it_was_asked() {
        Neighbours.EMPI.answer(
                "GET", "/v1/messages", asked -> new Neighbours.Answer(200, "{\"items\":[],\"next\":null}"));
        engineer()
                .get("/v1/messages?source=H001&code=ADT&state=REFUSED&state=FAILED&from=2026-11-01T00:00:00Z&limit=7")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0));
        assertThat(Neighbours.EMPI.asked("GET", "/v1/messages")).last().satisfies(asked -> assertThat(asked.path())
                .contains("source=H001", "code=ADT", "state=REFUSED", "state=FAILED", "limit=7")
                .contains("from=2026-11-01T00"));
    }

    @Test
    void whoever_opens_a_message_does_so_in_their_own_name_and_with_a_reason() {
        Neighbours.EMPI.answer(
                "POST", "/v1/messages/" + message + "/open", asked -> new Neighbours.Answer(200, "{\"opened\":true}"));
        engineer()
                .body(Map.of("reason", "核对乱码", "by", "somebody-else"))
                .post("/v1/messages/" + message + "/open")
                .then()
                .statusCode(200)
                .body("opened", equalTo(true));
        assertThat(Neighbours.EMPI.asked("POST", "/v1/messages/" + message + "/open"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body())
                        .contains("\"by\":\"engineer-7\"", "核对乱码")
                        .doesNotContain("somebody-else"));
        engineer()
                .body(Map.of("reason", " "))
                .post("/v1/messages/" + message + "/open")
                .then()
                .statusCode(400);
        engineer()
                .body(Map.of("reason", "x"))
                .post("/v1/messages/" + message + "/explode")
                .then()
                .statusCode(400);
    }

    @Test
    void acts_without_an_answer_and_refusals_come_through() {
        Neighbours.EMPI.answer("POST", "/v1/messages/" + message + "/park", asked -> new Neighbours.Answer(204, ""));
        engineer()
                .body(Map.of("reason", "对方停机"))
                .post("/v1/messages/" + message + "/park")
                .then()
                .statusCode(204);
        Neighbours.EMPI.answer(
                "POST",
                "/v1/messages/" + message + "/replay",
                asked -> new Neighbours.Answer(409, "{\"type\":\"/problems/message-not-repeatable\",\"status\":409}"));
        engineer()
                .body(Map.of("reason", "再试"))
                .post("/v1/messages/" + message + "/replay")
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/message-not-repeatable"))
                .body("title", equalTo("该消息不能重发"));
    }

    @Test
    void nobody_else_sees_messages() {
        for (String role : new String[] {"agent", "registrar", "admin"}) {
            given().auth()
                    .oauth2(TestTokens.staff("somebody", role))
                    .get("/v1/messages")
                    .then()
                    .statusCode(403);
        }
    }

    private static RequestSpecification engineer() {
        return given().auth()
                .oauth2(TestTokens.staff("engineer-7", "integration"))
                .contentType("application/json");
    }
}
