package cn.kangka.empi.fhir;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.empi.testing.Region;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class FhirIntakeTest {
    private static final RestAssuredConfig FHIR = RestAssuredConfig.config()
            .encoderConfig(
                    EncoderConfig.encoderConfig().encodeContentTypeAs("application/fhir+json", ContentType.JSON));

    @Inject
    Region region;

    @Inject
    Sealer sealer;

    @Test
    void a_bundle_is_kept_whole_and_handed_on_in_parts_in_the_order_of_its_references() {
        JsonArray entries = new JsonArray();
        for (int i = 0; i < 450; i++) {
            entries.add(entry(slot("K003", "S-" + i)));
        }
        entries.add(entry(session("K003", "SE-1")));
        entries.add(entry(department("K003", "0301")));
        post(hospital("K003"), bundle(entries))
                .statusCode(200)
                .contentType(startsWith("application/fhir+json"))
                .body("type", equalTo("transaction-response"))
                .body("entry", hasSize(452));
        List<JsonObject> parts = told("K003");
        assertThat(parts).hasSize(3);
        assertThat(types(parts.get(0)).subList(0, 3)).containsExactly("HealthcareService", "Schedule", "Slot");
        assertThat(parts.stream().mapToInt(part -> types(part).size()).sum()).isEqualTo(452);
        JsonObject slot = parts.get(2)
                .getJsonObject("bundle")
                .getJsonArray("entry")
                .getJsonObject(0)
                .getJsonObject("resource");
        assertThat(slot.getJsonObject("schedule").getJsonObject("identifier").getString("value"))
                .isEqualTo("SE-1");
        assertThat(slot.getJsonObject("schedule").containsKey("reference")).isFalse();
        var row = region.rows(
                        "select state, ack, source from message where sender = 'fhir:client-K003' and state = 'ACCEPTED'")
                .get(0);
        assertThat(row.getString(1)).isEqualTo("200");
        assertThat(row.getString(2)).isEqualTo("K003");
    }

    @Test
    void a_client_of_several_centres_speaks_for_each_of_them_and_for_no_other() {
        String centres = TestTokens.client("centres", "hospital", "", Map.of("sources", List.of("C001", "C002")));
        JsonArray own = new JsonArray().add(entry(department("C001", "01"))).add(entry(department("C002", "01")));
        post(centres, bundle(own)).statusCode(200);
        assertThat(told("C001")).isNotEmpty();
        assertThat(told("C002")).isNotEmpty();
        post(
                        centres,
                        bundle(new JsonArray()
                                .add(entry(department("C001", "01")))
                                .add(entry(department("H003", "01")))))
                .statusCode(403)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].code", equalTo("forbidden"))
                .body("issue[0].expression[0]", equalTo("Bundle.entry[1].resource.identifier.system"));
        assertThat(told("H003")).isEmpty();
        post(TestTokens.client("nobody", "hospital", "", Map.of()), bundle(own)).statusCode(403);
    }

    @Test
    void what_is_wrong_is_named_and_nothing_of_the_bundle_is_taken() {
        JsonObject wrong = slot("H002", "S-1").put("status", "sometimes").put("colour", "red");
        JsonArray entries = new JsonArray().add(entry(department("H002", "01"))).add(entry(wrong));
        post(TestTokens.service("api", "empi"), bundle(entries))
                .statusCode(422)
                .contentType(startsWith("application/fhir+json"))
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue.expression.flatten()", org.hamcrest.Matchers.hasItem("Bundle.entry[1].resource.colour"));
        assertThat(told("H002")).isEmpty();
        JsonObject device = new JsonObject().put("resourceType", "Device");
        post(hospital("H002"), bundle(new JsonArray().add(entry(device))))
                .statusCode(422)
                .body("issue[0].code", equalTo("not-supported"));
        JsonObject nameless = new JsonObject().put("resourceType", "Slot").put("status", "free");
        post(hospital("H002"), bundle(new JsonArray().add(entry(nameless))))
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Bundle.entry[0].resource.identifier"));
    }

    @Test
    void of_a_batch_every_entry_is_done_on_its_own() {
        JsonObject wrong = slot("C002", "S-77").put("status", "sometimes");
        JsonArray entries = new JsonArray()
                .add(entry(wrong))
                .add(entry(department("C002", "77")))
                .add(entry(department("H003", "77")));
        int before = told("C002").size();
        post(hospital("C002"), bundle("batch", entries))
                .statusCode(200)
                .body("type", equalTo("batch-response"))
                .body("entry.response.status", org.hamcrest.Matchers.contains("422", "202 Accepted", "403"))
                .body("entry[0].response.outcome.issue[0].expression[0]", startsWith("Bundle.entry[0].resource"));
        assertThat(told("C002")).hasSize(before + 1);
        assertThat(told("H003")).isEmpty();
    }

    @Test
    void what_is_no_bundle_is_refused() {
        post(hospital("H002"), "{").statusCode(400).body("resourceType", equalTo("OperationOutcome"));
        post(hospital("H002"), "{\"resourceType\":\"Patient\"}").statusCode(400);
        post(hospital("H002"), "{\"resourceType\":\"Bundle\",\"type\":\"history\"}")
                .statusCode(400)
                .body("issue[0].expression[0]", equalTo("Bundle.type"));
        post(hospital("H002"), "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[]}")
                .statusCode(400);
    }

    @Test
    void only_hospitals_and_services_may_post() {
        given().config(FHIR)
                .contentType("application/fhir+json")
                .body("{}")
                .post("/fhir")
                .then()
                .statusCode(401);
        post(TestTokens.client("bank", "partner", "", Map.of()), "{}").statusCode(403);
        post(TestTokens.client("t-1", "terminal", "", Map.of("source", "H001")), "{}")
                .statusCode(403);
    }

    @Test
    void the_capability_statement_is_readable_and_says_what_is_there() {
        String statement = given().auth()
                .oauth2(hospital("H001"))
                .get("/fhir/metadata")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(new FhirParsing(new com.fasterxml.jackson.databind.ObjectMapper()).issues(Nodes.object(), "x"))
                .isNotEmpty();
        assertThat(new JsonObject(statement).getString("fhirVersion")).isEqualTo("4.0.1");
        assertThat(ca.uhn.fhir.context.FhirContext.forR4Cached()
                        .newJsonParser()
                        .parseResource(statement)
                        .fhirType())
                .isEqualTo("CapabilityStatement");
    }

    private static String hospital(String source) {
        return TestTokens.client("client-" + source, "hospital", "", Map.of("source", source));
    }

    private static ValidatableResponse post(String token, String body) {
        return given().config(FHIR)
                .auth()
                .oauth2(token)
                .contentType("application/fhir+json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/fhir")
                .then();
    }

    private static String bundle(JsonArray entries) {
        return bundle("transaction", entries);
    }

    private static String bundle(String type, JsonArray entries) {
        return new JsonObject()
                .put("resourceType", "Bundle")
                .put("type", type)
                .put("entry", entries)
                .encode();
    }

    private static JsonObject entry(JsonObject resource) {
        String path = resource.getString("resourceType") + "/" + resource.getString("id");
        return new JsonObject()
                .put("fullUrl", "http://hospital/" + path)
                .put("resource", resource)
                .put("request", new JsonObject().put("method", "PUT").put("url", path));
    }

    private static JsonObject resource(String type, String kind, String source, String code) {
        return new JsonObject()
                .put("resourceType", type)
                .put("id", kind + "-" + code)
                .put(
                        "identifier",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("system", "urn:kangka:" + kind + ":" + source)
                                        .put("value", code)));
    }

    private static JsonObject department(String source, String code) {
        return resource("HealthcareService", "department", source, code).put("name", "内科");
    }

    private static JsonObject session(String source, String code) {
        return resource("Schedule", "session", source, code)
                .put("actor", new JsonArray().add(new JsonObject().put("display", "华医生")));
    }

    private static JsonObject slot(String source, String code) {
        return resource("Slot", "slot", source, code)
                .put("schedule", new JsonObject().put("reference", "Schedule/session-SE-1"))
                .put("status", "free")
                .put("start", "2026-12-01T09:00:00+08:00")
                .put("end", "2026-12-01T09:30:00+08:00");
    }

    private List<JsonObject> told(String source) {
        return region
                .rows(
                        "select payload from outbox where destination = 'api' and type = 'directory.bundle'"
                                + " and aggregate = $1 order by id",
                        source)
                .stream()
                .map(row -> new JsonObject(
                        new String(sealer.openBytes("outbox", row.getBuffer(0).getBytes()), StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<String> types(JsonObject part) {
        return part.getJsonObject("bundle").getJsonArray("entry").stream()
                .map(entry -> ((JsonObject) entry).getJsonObject("resource").getString("resourceType"))
                .toList();
    }
}
