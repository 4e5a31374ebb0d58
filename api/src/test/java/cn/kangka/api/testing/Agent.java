package cn.kangka.api.testing;

import static io.restassured.RestAssured.given;

import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** Somebody at the call centre's console, {@link Neighbours#EMPI} comparing the answers. */
public record Agent(String username, String token) {
    /** Answers to all five questions; which of them are right is up to the fake index. */
    private static final Map<String, String> ANSWERS = Map.of(
            "name", "张伟",
            "birthDate", "1990-03-07",
            "idLast4", "0011",
            "phone", "13800138000",
            "lastVisit", "2026-10-01");

    public static Agent named(String username) {
        return new Agent(username, TestTokens.staff(username, "agent"));
    }

    public static Agent supervisor(String username) {
        return new Agent(username, TestTokens.staff(username, "supervisor"));
    }

    /** From now on the fake index finds so many of the answers about this person right. */
    public static void indexFinds(UUID person, int asked, int right) {
        Neighbours.EMPI.answer(
                "POST",
                "/v1/persons/" + person + "/checks",
                question -> new Neighbours.Answer(200, "{\"asked\":" + asked + ",\"passed\":" + right + "}"));
    }

    public RequestSpecification call() {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    public Response search(Map<String, ?> by) {
        return call().body(by).post("/v1/calls/candidates");
    }

    /** Opens a call; gives its id. */
    public String open(UUID person) {
        return call().body(Map.of("person", person))
                .post("/v1/calls")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public Response check(String call) {
        return call().body(ANSWERS).post("/v1/calls/" + call + "/checks");
    }

    public Response lift(String call, String reason) {
        return call().body(Map.of("reason", reason)).post("/v1/calls/" + call + "/lift");
    }

    public Response end(String call) {
        return call().post("/v1/calls/" + call + "/end");
    }

    /** A call with a passed check. */
    public String believes(UUID person) {
        indexFinds(person, 5, 3);
        String call = open(person);
        check(call).then().statusCode(200);
        return call;
    }

    public Response book(String slot, UUID person) {
        return call().header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("slotId", slot, "personId", person))
                .post("/v1/appointments");
    }
}
