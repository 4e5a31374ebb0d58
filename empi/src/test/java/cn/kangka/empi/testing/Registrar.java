package cn.kangka.empi.testing;

import static io.restassured.RestAssured.given;

import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A registrar at work. */
public final class Registrar {
    private static final String NAME = "registrar-1";

    private Registrar() {}

    public static RequestSpecification asks() {
        return given().auth().oauth2(TestTokens.staff(NAME, "registrar")).contentType("application/json");
    }

    public static ValidatableResponse merge(UUID retired, UUID into) {
        return asks().body(Map.of("into", into, "reason", "同一人,经核对证件", "by", NAME))
                .post("/v1/persons/" + retired + "/merge")
                .then();
    }

    public static ValidatableResponse split(UUID person, Set<UUID> leaving) {
        return asks().body(Map.of("identities", leaving, "reason", "两人共用证件", "by", NAME))
                .post("/v1/persons/" + person + "/split")
                .then();
    }

    /** What was done to a person, newest first. */
    public static ValidatableResponse history(UUID person) {
        return asks().get("/v1/persons/" + person + "/events").then().statusCode(200);
    }

    public static ValidatableResponse undo(String event) {
        return asks().body(Map.of("reason", "误操作", "by", NAME))
                .post("/v1/persons/events/" + event + "/undo")
                .then();
    }

    /** Takes back the last thing that was done to a person. */
    public static ValidatableResponse undoLast(UUID person) {
        return undo(history(person).extract().path("items[0].event"));
    }
}
