package cn.kangka.sandbox.journey;

import static org.hamcrest.Matchers.equalTo;

import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** Calls without a screen: a supervisor takes them, because an agent at a screen has one call at a time. */
final class CallCentre {
    private final String token = Staff.token("supervisor");

    RequestSpecification api() {
        return Doors.api().auth().oauth2(token);
    }

    /** Takes a call from somebody who answers right, and books for them; the booking's id. */
    String books(Citizen caller, Map<String, Object> slot) {
        String person = checks(caller);
        return api().header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("slotId", slot.get("id"), "personId", person))
                .post("/v1/appointments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String checks(Citizen caller) {
        String idNumber = caller.person.get("idNumber");
        String person = api().body(Map.of("idNumber", idNumber))
                .post("/v1/calls/candidates")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].person");
        String call = api().body(Map.of("person", person))
                .post("/v1/calls")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        api().body(Map.of(
                        "name",
                        caller.person.get("name"),
                        "birthDate",
                        caller.person.get("birthDate"),
                        "idLast4",
                        idNumber.substring(idNumber.length() - 4)))
                .post("/v1/calls/" + call + "/checks")
                .then()
                .statusCode(200)
                .body("level", equalTo(1));
        return person;
    }
}
