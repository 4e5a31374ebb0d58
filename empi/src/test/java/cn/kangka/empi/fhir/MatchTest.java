package cn.kangka.empi.fhir;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Patient;
import cn.kangka.empi.testing.Region;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;

/** {@code Patient/$match} (IHE PDQm ITI-119). */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class MatchTest {
    private static final AtomicInteger CHARTS = new AtomicInteger();

    @Inject
    Region region;

    @Test
    void a_patient_who_would_be_linked_is_certain_and_has_the_ids_of_the_region() throws Exception {
        Patient patient = patient("上官云珠", "19620912");
        UUID person = register("H001", patient);
        JsonPath found = matches(asked(patient));
        assertThat(found.getInt("total")).isEqualTo(1);
        assertThat(found.getString("entry[0].resource.id")).isEqualTo(person.toString());
        assertThat(found.getString("entry[0].search.extension[0].valueCode")).isEqualTo("certain");
        assertThat(found.getDouble("entry[0].search.score")).isGreaterThan(0.99);
        assertThat(found.getString("entry[0].resource.name[0].text")).isEqualTo("上官云珠");
        assertThat(found.getList("entry[0].resource.identifier.system", String.class))
                .containsExactly(PatientJson.ENTERPRISE_ID, "urn:oid:2.999.1.1");
        assertThat(found.prettify())
                .as("a document number is nobody's business")
                .doesNotContain(patient.residentId());
    }

    @Test
    void who_agrees_in_part_is_possible_and_left_out_of_certain_matches() throws Exception {
        Patient patient = patient("张伟", "19840419");
        UUID person = register("H001", patient);
        JsonObject meagre = asked(patient.withResidentId("").withPhone("").withStreet(""));
        JsonPath found = matches(meagre);
        assertThat(found.getString("entry.find { it.resource.id == '" + person + "' }.search.extension[0].valueCode"))
                .isEqualTo("possible");
        assertThat(matches(meagre.copy(), Map.of("onlyCertainMatches", true)).getInt("total"))
                .isZero();
    }

    @Test
    void two_who_are_as_likely_are_both_probable() throws Exception {
        Patient patient = patient("诸葛明月", "19830607");
        UUID one = register("H001", patient.withResidentId(Adt.residentId("19830607")));
        UUID other = register("H003", patient.withResidentId(Adt.residentId("19830607")));
        assertThat(other).isNotEqualTo(one);
        JsonPath found = matches(asked(patient.withResidentId("")));
        assertThat(found.getList("entry.resource.id", String.class))
                .containsExactlyInAnyOrder(one.toString(), other.toString());
        assertThat(found.getList("entry.search.extension.flatten().valueCode", String.class))
                .doesNotContain("possible");
        assertThat(matches(asked(patient.withResidentId("")), Map.of("count", 1))
                        .getList("entry"))
                .hasSize(1);
    }

    @Test
    void nobody_is_an_empty_bundle_that_fhir_can_read_and_asking_is_audited() {
        String answer = post(asked(patient("呼延灼", "19440404")), Map.of(), "H003")
                .statusCode(200)
                .extract()
                .asString();
        Bundle bundle = ca.uhn.fhir.context.FhirContext.forR4Cached()
                .newJsonParser()
                .setParserErrorHandler(new ca.uhn.fhir.parser.StrictErrorHandler())
                .parseResource(Bundle.class, answer);
        assertThat(bundle.getTotal()).isZero();
        assertThat(
                        region.rows(
                                "select 1 from audit_entry where action = 'patient.match' and actor = 'his-H003' and object = '0'"))
                .isNotEmpty();
    }

    @Test
    void an_answer_with_somebody_is_strict_fhir() throws Exception {
        Patient patient = patient("钟离权", "19510203");
        register("H001", patient);
        String answer =
                post(asked(patient), Map.of(), "H003").statusCode(200).extract().asString();
        Bundle bundle = ca.uhn.fhir.context.FhirContext.forR4Cached()
                .newJsonParser()
                .setParserErrorHandler(new ca.uhn.fhir.parser.StrictErrorHandler())
                .parseResource(Bundle.class, answer);
        assertThat(bundle.getEntryFirstRep().getSearch().getMode()).isEqualTo(Bundle.SearchEntryMode.MATCH);
    }

    @Test
    void asking_stores_nobody() {
        long before = region.rows("select count(*) from identity").get(0).getLong(0);
        matches(asked(patient("申屠嘉", "19330303")));
        assertThat(region.rows("select count(*) from identity").get(0).getLong(0))
                .isEqualTo(before);
    }

    @Test
    void what_cannot_be_asked_is_told_with_its_place() {
        post("not json", "H001").statusCode(400).body("issue[0].diagnostics", containsString("not JSON"));
        post("{\"resourceType\":\"Patient\"}", "H001").statusCode(400);
        post(
                        parameters(new JsonObject().put("resourceType", "Patient"), Map.of())
                                .encode(),
                        "H001")
                .statusCode(422)
                .body("issue[0].code", containsString("required"));
        post(asked(patient("公冶长", "19330303")), Map.of("count", 0), "H001")
                .statusCode(422)
                .body("issue[0].diagnostics", containsString("count is 1 to 50"));
        JsonObject wrong = asked(patient("公冶长", "19330303")).put("birthDate", "1933-02-31");
        post(wrong, Map.of(), "H001").statusCode(422).body("issue[0].expression[0]", containsString("birthDate"));
    }

    @Test
    void citizens_may_not_ask() {
        given().auth()
                .oauth2(TestTokens.citizen(UUID.randomUUID(), 2))
                .contentType("application/fhir+json" + "; charset=UTF-8")
                .body(parameters(new JsonObject().put("resourceType", "Patient"), Map.of())
                        .encode())
                .post("/fhir/Patient/$match")
                .then()
                .statusCode(403);
    }

    private static JsonObject asked(Patient patient) {
        JsonObject asked = new JsonObject()
                .put("resourceType", "Patient")
                .put("name", new JsonArray().add(new JsonObject().put("text", patient.name())))
                .put("gender", "male")
                .put("birthDate", patient.birth().replaceFirst("(....)(..)(..)", "$1-$2-$3"));
        if (!patient.residentId().isEmpty()) {
            asked.put(
                    "identifier",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("system", PatientJson.RESIDENT_ID)
                                    .put("value", patient.residentId())));
        }
        if (!patient.phone().isEmpty()) {
            asked.put(
                    "telecom",
                    new JsonArray().add(new JsonObject().put("system", "phone").put("value", patient.phone())));
        }
        return patient.street().isEmpty()
                ? asked
                : asked.put(
                        "address", new JsonArray().add(new JsonObject().put("text", "浙江省 云江市 " + patient.street())));
    }

    private static JsonObject parameters(JsonObject patient, Map<String, Object> more) {
        JsonArray list =
                new JsonArray().add(new JsonObject().put("name", "resource").put("resource", patient));
        more.forEach((name, value) -> list.add(new JsonObject()
                .put("name", name)
                .put(value instanceof Integer ? "valueInteger" : "valueBoolean", value)));
        return new JsonObject().put("resourceType", "Parameters").put("parameter", list);
    }

    private static JsonPath matches(JsonObject patient) {
        return matches(patient, Map.of());
    }

    private static JsonPath matches(JsonObject patient, Map<String, Object> more) {
        return post(patient, more, "H001").statusCode(200).extract().jsonPath();
    }

    private static ValidatableResponse post(JsonObject patient, Map<String, Object> more, String source) {
        return post(parameters(patient, more).encode(), source);
    }

    private static ValidatableResponse post(String body, String source) {
        return given().auth()
                .oauth2(TestTokens.client("his-" + source, "hospital", "fhir", Map.of("source", source)))
                .contentType("application/fhir+json" + "; charset=UTF-8")
                .body(body)
                .post("/fhir/Patient/$match")
                .then();
    }

    private UUID register(String source, Patient patient) throws IOException {
        return region.personOf(region.send(Adt.register(source, "A28", "MT" + CHARTS.incrementAndGet(), patient)));
    }

    private static Patient patient(String name, String birth) {
        return new Patient(
                name, birth, "M", Adt.residentId(birth), Adt.phone(), "学院路" + CHARTS.incrementAndGet() + "号");
    }
}
