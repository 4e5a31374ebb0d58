package cn.kangka.api.card;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Clients;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Neighbours.Answer;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class CardTest {
    private final UUID person = Ids.next();
    private final UUID card = Ids.next();
    private final String cards = "/v1/persons/" + person + "/cards";

    @Test
    void the_cards_are_listed_as_the_index_has_them() {
        Citizen citizen = Citizen.named(person, 2);
        answer("GET", cards, 200, "{\"items\":[" + json("ACTIVE") + "]}");

        citizen.call()
                .get("/v1/me/cards")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(card.toString()))
                .body("items[0].kind", equalTo("REGIONAL"))
                .body("items[0].status", equalTo("ACTIVE"))
                .body("next", nullValue());
    }

    @Test
    void a_new_card_is_201_and_the_present_one_200() {
        Citizen citizen = Citizen.named(person, 2);
        answer("POST", cards, 201, json("ACTIVE"));
        citizen.call().post("/v1/me/cards").then().statusCode(201).body("id", equalTo(card.toString()));

        answer("POST", cards, 200, json("ACTIVE"));
        citizen.call().post("/v1/me/cards").then().statusCode(200);
    }

    @Test
    void a_code_is_asked_for_in_the_name_of_the_own_person() {
        Citizen citizen = Citizen.named(person, 2);
        answer(
                "POST",
                "/v1/cards/" + card + "/codes",
                201,
                "{\"code\":\"opaque\",\"expiresAt\":\"2026-11-23T10:00:00+08:00\"}");

        citizen.call()
                .post("/v1/me/cards/" + card + "/code")
                .then()
                .statusCode(200)
                .body("code", equalTo("opaque"))
                .body("expiresAt", equalTo("2026-11-23T10:00:00+08:00"));

        assertThat(Neighbours.EMPI
                        .asked("POST", "/v1/cards/" + card + "/codes")
                        .get(0)
                        .body())
                .contains(person.toString());
    }

    @Test
    void the_indexs_refusals_are_passed_on_in_our_own_words() {
        Citizen citizen = Citizen.named(person, 2);
        answer("POST", "/v1/cards/" + card + "/codes", 409, problem("card-not-active", 409));

        citizen.call()
                .header("Accept-Language", "en")
                .post("/v1/me/cards/" + card + "/code")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/card-not-active"))
                .body("title", equalTo("Card not active"));
    }

    @Test
    void somebody_elses_card_is_404_and_leaves_an_entry() {
        Citizen citizen = Citizen.named(person, 2);

        citizen.call()
                .post("/v1/me/cards/" + card + "/code")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/not-found"));

        citizen.call()
                .get("/v1/me/access-log")
                .then()
                .body("items.find { it.object == '" + card + "' }.outcome", equalTo("DENIED"));
    }

    @Test
    void a_reported_loss_is_told_to_the_holder() {
        Citizen citizen = Citizen.named(person, 2);
        answer("POST", "/v1/cards/" + card + "/loss", 200, json("LOST"));

        citizen.call()
                .post("/v1/me/cards/" + card + "/loss")
                .then()
                .statusCode(200)
                .body("status", equalTo("LOST"));

        told("card-lost", citizen);
    }

    @Test
    void uses_are_passed_on_page_by_page() {
        Citizen citizen = Citizen.named(person, 2);
        answer(
                "GET",
                "/v1/persons/" + person + "/card-uses?limit=1&cursor=abc",
                200,
                "{\"items\":[{\"id\":\"" + Ids.next() + "\",\"card\":\"" + card
                        + "\",\"at\":\"2026-11-23T10:00:00+08:00\",\"source\":\"H001\",\"scene\":\"LAB\"}],\"next\":\"def\"}");

        citizen.call()
                .get("/v1/me/card-uses?limit=1&cursor=abc")
                .then()
                .statusCode(200)
                .body("items[0].scene", equalTo("LAB"))
                .body("next", equalTo("def"));
        citizen.call().get("/v1/me/card-uses?limit=201").then().statusCode(400);
    }

    @Test
    void cards_take_level_two() {
        Citizen named = Citizen.named(person, 1);

        named.call().get("/v1/me/cards").then().statusCode(403).body("type", equalTo("/problems/level-required"));
    }

    @Test
    void a_silent_index_is_503() {
        Citizen citizen = Citizen.named(person, 2);
        answer("GET", cards, 500, "{}");

        citizen.call()
                .get("/v1/me/cards")
                .then()
                .statusCode(503)
                .body("type", equalTo("/problems/unavailable"))
                .header("Retry-After", equalTo("5"));
    }

    @Test
    void a_terminal_checks_a_code_at_its_own_hospital_whatever_the_body_says() {
        Citizen citizen = Citizen.named(person, 2);
        String code = "good-" + card;
        answerScan(
                code,
                200,
                "{\"card\":\"" + card + "\",\"person\":\"" + person
                        + "\",\"name\":\"张*\",\"sex\":\"MALE\",\"usedAt\":\"2026-11-23T10:00:00+08:00\"}");

        verify(Map.of("code", code, "scene", "REGISTRATION", "source", "H002", "hospital", "H002"))
                .statusCode(200)
                .body("card", equalTo(card.toString()))
                .body("name", equalTo("张*"));

        assertThat(Neighbours.EMPI.asked("POST", "/v1/card-codes/verify").stream()
                        .filter(asked -> asked.body().contains(code))
                        .findFirst()
                        .orElseThrow()
                        .body())
                .contains("\"source\":\"H001\"", "\"terminal\":\"" + Clients.TERMINAL + "\"")
                .doesNotContain("H002");
        told("card-used", citizen);
        citizen.call()
                .get("/v1/me/access-log")
                .then()
                .body("items.findAll { it.action == 'card.verify' }.actor", hasItem("H001"));
    }

    @Test
    void a_code_that_is_not_good_is_told_by_its_reason() {
        for (String reason : new String[] {"card-code-used", "card-code-expired", "card-lost"}) {
            String code = reason + "-" + card;
            answerScan(code, 409, problem(reason, 409));

            verify(Map.of("code", code, "scene", "LAB")).statusCode(409).body("type", equalTo("/problems/" + reason));
        }
    }

    @Test
    void a_code_check_is_never_sent_twice() {
        String code = "slow-" + card;
        answerScan(code, 500, "{}");

        verify(Map.of("code", code, "scene", "LAB")).statusCode(503);

        assertThat(Neighbours.EMPI.asked("POST", "/v1/card-codes/verify").stream()
                        .filter(asked -> asked.body().contains(code)))
                .hasSize(1);
    }

    @Test
    void an_unknown_scene_or_no_code_is_refused_before_the_index_is_asked() {
        verify(Map.of("code", "x", "scene", "PARTY")).statusCode(400);
        verify(Map.of("scene", "LAB")).statusCode(400).body("violations[0].field", endsWith("code"));
    }

    @Test
    void only_terminals_check_codes() {
        Map<String, String> body = Map.of("code", "x", "scene", "LAB");
        Citizen citizen = Citizen.named(person, 2);
        citizen.call()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/card-codes/verify")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(Clients.token(Clients.BANK))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/card-codes/verify")
                .then()
                .statusCode(403);
    }

    private static ValidatableResponse verify(Map<String, String> body) {
        return given().auth()
                .oauth2(Clients.token(Clients.TERMINAL))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/card-codes/verify")
                .then();
    }

    private static void answerScan(String code, int status, String body) {
        Neighbours.EMPI.answer(
                "POST",
                "/v1/card-codes/verify",
                asked -> asked.body().contains(code),
                asked -> new Answer(status, body));
    }

    private static void answer(String method, String path, int status, String body) {
        Neighbours.EMPI.answer(method, path, asked -> new Answer(status, body));
    }

    private static String problem(String name, int status) {
        return "{\"type\":\"/problems/" + name + "\",\"status\":" + status + ",\"title\":\"x\"}";
    }

    private String json(String status) {
        return "{\"id\":\"" + card + "\",\"kind\":\"REGIONAL\",\"status\":\"" + status
                + "\",\"number\":\"330***1234\"}";
    }

    private static void told(String template, Citizen citizen) {
        Eventually.isTrue(template, () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .anyMatch(asked -> asked.body().contains("\"template\":\"" + template + "\"")
                        && asked.body().contains(citizen.account().toString())));
    }
}
