package cn.kangka.empi.fhir;

import static cn.kangka.empi.testing.HospitalsResource.ENDPOINT;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import ca.uhn.fhir.context.FhirContext;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.FhirEndpoint.Posted;
import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Registrar;
import cn.kangka.empi.testing.Until;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscriptions of an institution and the messages that it gets (IHE PMIR ITI-94). */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class SubscriptionTest {
    private static final AtomicInteger CHARTS = new AtomicInteger();

    @Inject
    Region region;

    private String subscription;

    private static RequestSpecification hospital(String source) {
        return given().auth()
                .oauth2(TestTokens.client("sub-" + source, "hospital", "", Map.of("source", source)))
                .header("Content-Type", "application/fhir+json");
    }

    private static String asked(String endpoint, String payload) {
        return new JsonObject()
                .put("resourceType", "Subscription")
                .put("status", "requested")
                .put("reason", "患者主索引通知")
                .put("criteria", "Patient")
                .put(
                        "channel",
                        new JsonObject()
                                .put("type", "message")
                                .put("endpoint", endpoint)
                                .put("payload", payload)
                                .put("header", new JsonArray().add("Authorization: Bearer secret-7")))
                .encode();
    }

    private static String endpoint() {
        return "http://localhost:" + ENDPOINT.port() + "/fhir/messages";
    }

    @BeforeEach
    void subscribe() {
        ENDPOINT.answer(message -> 200);
        subscription = subscribed("application/fhir+json");
    }

    private static String subscribed(String payload) {
        return hospital("P001")
                .body(asked(endpoint(), payload))
                .post("/fhir/Subscription")
                .then()
                .statusCode(201)
                .body("status", equalTo("active"))
                .extract()
                .path("id");
    }

    @AfterEach
    void end() {
        hospital("P001").delete("/fhir/Subscription/" + subscription);
    }

    private UUID registered(String source, String name) throws Exception {
        return region.personOf(region.send(Adt.register(
                source,
                "A28",
                "SB-" + CHARTS.incrementAndGet(),
                Adt.residentId("19690214"),
                name,
                "19690214",
                Adt.phone())));
    }

    private static List<Posted> about(UUID person, int atLeast) {
        return Until.good(() -> ENDPOINT.about(person.toString()), some -> some.size() >= atLeast);
    }

    @Test
    void changes_are_posted_as_messages_in_order() throws Exception {
        UUID survivor = registered("H001", "皇甫端");
        UUID retired = registered("H003", "皇甫嵩");
        about(survivor, 1);
        about(retired, 1);
        Registrar.merge(retired, survivor).statusCode(200);
        List<Posted> messages = Until.good(() -> ENDPOINT.about(survivor.toString()), some -> some.stream()
                .anyMatch(each -> each.body().contains("replaced-by")));
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.path()).isEqualTo("/fhir/messages");
            assertThat(message.type()).startsWith("application/fhir+json");
            assertThat(message.authorization()).isEqualTo("Bearer secret-7");
        });
        Bundle made = parsed(messages.get(0));
        assertThat(made.getType()).isEqualTo(Bundle.BundleType.MESSAGE);
        MessageHeader header = (MessageHeader) made.getEntryFirstRep().getResource();
        assertThat(header.getEventUriType().getValue()).isEqualTo(PatientMessage.EVENT);
        Bundle history = (Bundle) made.getEntry().get(1).getResource();
        assertThat(header.getFocusFirstRep().getReference())
                .isEqualTo(made.getEntry().get(1).getFullUrl());
        assertThat(history.getEntryFirstRep().getRequest().getMethod()).isEqualTo(Bundle.HTTPVerb.POST);
        assertThat(((Patient) history.getEntryFirstRep().getResource())
                        .getNameFirstRep()
                        .getText())
                .isEqualTo("皇甫端");
        Bundle merged = (Bundle) parsed(messages.stream()
                        .filter(each -> each.body().contains("replaced-by"))
                        .findFirst()
                        .orElseThrow())
                .getEntry()
                .get(1)
                .getResource();
        Patient gone = (Patient) merged.getEntry().get(1).getResource();
        assertThat(gone.getActive()).isFalse();
        assertThat(gone.getLinkFirstRep().getOther().getReference()).isEqualTo("Patient/" + survivor);
        assertThat(region.rows(
                        "select state, ack from message where person = $1 and code = 'FHIR' and direction = 'OUT'",
                        survivor))
                .isNotEmpty()
                .allMatch(row ->
                        row.getString(0).equals("DELIVERED") && row.getString(1).equals("200"));
    }

    private static Bundle parsed(Posted message) {
        return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, message.body());
    }

    @Test
    void a_subscriber_that_is_in_trouble_gets_it_later_and_one_that_refuses_has_it_parked() throws Exception {
        ENDPOINT.answer(message -> 503);
        UUID person = registered("H001", "令狐德棻");
        about(person, 1);
        Until.good(
                () -> hospital("P001").get("/fhir/Subscription/" + subscription).path("status"), "error"::equals);
        ENDPOINT.answer(message -> 200);
        List<Posted> twice = about(person, 2);
        assertThat(parsed(twice.get(1))
                        .getEntryFirstRep()
                        .getResource()
                        .getIdElement()
                        .getIdPart())
                .as("the same message")
                .isEqualTo(parsed(twice.get(0))
                        .getEntryFirstRep()
                        .getResource()
                        .getIdElement()
                        .getIdPart());
        Until.good(
                () -> hospital("P001").get("/fhir/Subscription/" + subscription).path("status"), "active"::equals);

        ENDPOINT.answer(message -> message.body().contains("轩辕不接") ? 422 : 200);
        UUID refused = registered("H001", "轩辕不接");
        UUID other = registered("H001", "轩辕可接");
        about(other, 1);
        Until.good(
                () -> region.rows("select state from message where person = $1 and code = 'FHIR'", refused),
                rows -> rows.size() == 1 && rows.get(0).getString(0).equals("PARKED"));
        assertThat(region.rows(
                        "select reason from outbox where aggregate = $1 and destination like 'fhir:%'",
                        refused.toString()))
                .singleElement()
                .satisfies(row -> assertThat(row.getString(0)).isEqualTo("HTTP 422"));
        ENDPOINT.answer(message -> 200);
    }

    @Test
    void xml_is_posted_to_who_wants_it() throws Exception {
        String own = subscribed("application/fhir+xml");
        try {
            UUID person = registered("H001", "谷梁赤");
            List<Posted> messages = about(person, 2);
            assertThat(messages)
                    .anyMatch(each -> each.type().startsWith("application/fhir+xml")
                            && FhirContext.forR4Cached()
                                    .newXmlParser()
                                    .parseResource(each.body())
                                    .fhirType()
                                    .equals("Bundle"));
        } finally {
            hospital("P001").delete("/fhir/Subscription/" + own).then().statusCode(204);
        }
    }

    @Test
    void it_is_seen_changed_and_ended_by_its_institution_only() throws Exception {
        hospital("P001")
                .get("/fhir/Subscription/" + subscription)
                .then()
                .statusCode(200)
                .body("channel.header", contains("Authorization: ***"))
                .body("meta.versionId", equalTo("1"));
        hospital("P001").get("/fhir/Subscription").then().body("entry.resource.id", hasItem(subscription));
        hospital("H001").get("/fhir/Subscription/" + subscription).then().statusCode(404);
        hospital("H001").delete("/fhir/Subscription/" + subscription).then().statusCode(404);
        hospital("P001")
                .body(asked(endpoint(), "application/fhir+json").replace("requested", "off"))
                .put("/fhir/Subscription/" + subscription)
                .then()
                .statusCode(200)
                .body("status", equalTo("off"));
        UUID person = registered("H001", "闾丘冲");
        UUID after = registered("H001", "闾丘晓");
        String again = subscribed("application/fhir+json");
        UUID seen = registered("H001", "闾丘陵");
        about(seen, 1);
        assertThat(ENDPOINT.about(person.toString())).isEmpty();
        assertThat(ENDPOINT.about(after.toString())).isEmpty();
        hospital("P001").delete("/fhir/Subscription/" + again).then().statusCode(204);
        assertThat(new String(
                        region.rows("select content from fhir_subscription limit 1")
                                .get(0)
                                .getBuffer(0)
                                .getBytes(),
                        StandardCharsets.ISO_8859_1))
                .doesNotContain("secret-7");
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest, Subscription.channel.endpoint",
        "http://localhost:BASE/fhirx, Subscription.channel.endpoint",
        "http://localhost:BASE/fhir/../admin, Subscription.channel.endpoint",
        "http://evil@localhost:BASE/fhir, Subscription.channel.endpoint",
        "https://localhost:BASE/fhir, Subscription.channel.endpoint"
    })
    void messages_go_nowhere_else(String endpoint, String element) {
        refused("P001", asked(endpoint.replace("BASE", "" + ENDPOINT.port()), "application/fhir+json"))
                .statusCode(422)
                .body("issue.expression.flatten()", hasItem(element));
    }

    @Test
    void what_is_not_done_is_said() {
        refused("P001", asked(endpoint(), "text/csv"))
                .body("issue.expression.flatten()", contains("Subscription.channel.payload"));
        refused("P001", asked(endpoint(), "application/fhir+json").replace("\"message\"", "\"email\""))
                .body("issue.expression.flatten()", contains("Subscription.channel.type"));
        refused("P001", asked(endpoint(), "application/fhir+json").replace("\"Patient\"", "\"Observation?code=x\""))
                .body("issue.expression.flatten()", contains("Subscription.criteria"));
        refused("P001", asked(endpoint(), "application/fhir+json").replace("Authorization:", "Host:"))
                .body("issue.expression.flatten()", contains("Subscription.channel.header"));
        refused("H001", asked(endpoint(), "application/fhir+json")).body("issue[0].code", equalTo("forbidden"));
    }

    private static ValidatableResponse refused(String source, String body) {
        return hospital(source).body(body).post("/fhir/Subscription").then().statusCode(422);
    }
}
