package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@StartedRegion.Use
@Order(3)
class PartnerJourneyTest {
    @Test
    void a_bank_books_for_the_holder_of_a_card_code_and_the_citizen_sees_it() {
        Citizen citizen = Citizen.nextWithRealName();
        String code = CitizenJourneyTest.code(citizen, CitizenJourneyTest.regionalCard(citizen));
        Map<String, Object> bank = Clients.find("/partners", "bank");
        Map<String, Object> slot = free(bank);
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = Map.of("slotId", slot.get("id"), "cardCode", code);
        Response booked = book(bank, key, body);
        booked.then().statusCode(201).body("status", equalTo("BOOKED"));
        String id = booked.jsonPath().getString("id");
        assertThat(book(bank, key, body).jsonPath().getString("id")).isEqualTo(id);
        book(bank, key, Map.of("slotId", UUID.randomUUID(), "cardCode", code))
                .then()
                .statusCode(422);
        citizen.api().get("/v1/me/appointments").then().body("items.id", hasItem(id));
        Clients.as(bank).post("/v1/appointments/" + id + "/cancel").then().statusCode(200);
    }

    @Test
    void refusals_are_problems_and_a_partner_sees_nobody_s_records() {
        Map<String, Object> bank = Clients.find("/partners", "bank");
        Clients.as(bank)
                .body(Map.of("slotId", UUID.randomUUID(), "personId", UUID.randomUUID()))
                .post("/v1/appointments")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        Clients.as(bank).get("/v1/me/reports").then().statusCode(403);
    }

    @Test
    void an_assertion_is_used_once_and_only_a_registered_key_signs() {
        Map<String, Object> bank = Clients.find("/partners", "bank");
        Map<String, Object> telecom = Clients.find("/partners", "telecom");
        String assertion = Clients.assertion(bank);
        token(assertion).then().statusCode(200).body("access_token", notNullValue());
        token(assertion).then().statusCode(401).body("error", equalTo("invalid_client"));
        Map<String, Object> forged =
                Map.of("clientId", bank.get("clientId"), "privateKeyJwk", telecom.get("privateKeyJwk"));
        assertThat(token(Clients.assertion(forged)).statusCode()).isIn(400, 401);
    }

    private static Response token(String assertion) {
        return RestAssured.given()
                .baseUri(Doors.url(Doors.ports().api()))
                .contentType("application/x-www-form-urlencoded")
                .formParam("grant_type", "client_credentials")
                .formParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .formParam("client_assertion", assertion)
                .post("/oauth2/token");
    }

    private static Response book(Map<String, Object> partner, String key, Map<String, Object> body) {
        return Clients.as(partner).header("Idempotency-Key", key).body(body).post("/v1/appointments");
    }

    private static Map<String, Object> free(Map<String, Object> partner) {
        for (Map<String, Object> slot : Slots.free("H003")) {
            String day = slot.get("start").toString().substring(0, 10);
            List<Map<String, Object>> seen = Clients.as(partner)
                    .queryParam("hospital", slot.get("hospital"))
                    .queryParam("department", slot.get("department"))
                    .queryParam("from", day)
                    .queryParam("to", day)
                    .get("/v1/slots")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getList("items.findAll { it.free > 0 }");
            if (!seen.isEmpty()) {
                return seen.get(0);
            }
        }
        throw new AssertionError("the bank sees no free slot");
    }
}
