package cn.kangka.api.safety;

import static cn.kangka.api.testing.Clinic.concept;
import static cn.kangka.api.testing.Clinic.eventually;
import static cn.kangka.api.testing.Clinic.notices;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Clinic.Link;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class SafetyTest {
    private static final String ATC = "http://www.whocc.no/atc";

    @Inject
    Clinic clinic;

    @Inject
    SafetyChecks checks;

    private final Link first = Link.at("H001");
    private final Link second = Link.at("H002");

    @Test
    void an_order_against_an_allergy_of_another_hospital_raises_one_alert_with_its_evidence() {
        UUID account = clinic.account(clinic.person(first, second), 2);
        clinic.says(first, allergy(first, null, "青霉素"));

        clinic.says(second, order(second, "R1", "J01CA04", "阿莫西林胶囊"));
        clinic.says(second, order(second, "R1", "J01CA04", "阿莫西林胶囊"));

        alerts(account)
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].tier", equalTo(1))
                .body("items[0].rule", equalTo("safety.allergy-ingredient-group"))
                .body("items[0].title", equalTo("过敏用药提醒"))
                .body("items[0].text", containsString("青霉素类"))
                .body("items[0].medication", equalTo("阿莫西林胶囊"))
                .body("items[0].allergy.text", equalTo("青霉素"))
                .body("items[0].allergy.hospital.id", equalTo("H001"))
                .body("items[0].hospital.id", equalTo("H002"))
                .body("items[0].status", equalTo("OPEN"));
        assertThat(clinic.audited(account, null)).contains("alert.list ALLOWED");
    }

    @Test
    void an_allergy_that_becomes_known_after_the_order_raises_it_too() {
        UUID account = clinic.account(clinic.person(first, second), 2);
        clinic.says(second, order(second, "R1", null, "头孢克肟胶囊"));
        alerts(account).body("items", hasSize(0));

        clinic.says(first, allergy(first, "J01DC", "头孢菌素"));

        alerts(account).body("items", hasSize(1));
    }

    @Test
    void the_person_is_told_once_urgently_and_without_a_word_of_what_it_is_about() {
        UUID account = clinic.account(clinic.person(first, second), 2);
        clinic.says(first, allergy(first, null, "青霉素"));
        clinic.says(second, allergy(second, "J01CE01", "青霉素G"));

        clinic.says(second, order(second, "R1", "J01CA04", "阿莫西林胶囊"));
        checks.run().await().atMost(Duration.ofSeconds(5));

        alerts(account).body("items", hasSize(1));
        eventually(() -> !notices(account, "alert-raised").isEmpty());
        Clinic.pause(Duration.ofSeconds(1));
        assertThat(notices(account, "alert-raised")).singleElement().satisfies(notice -> {
            assertThat(notice.getString("class")).isEqualTo("URGENT");
            assertThat(notice.getString("link")).isEqualTo("/alerts");
            assertThat(notice.encode()).doesNotContain("青霉素", "阿莫西林");
        });
    }

    @Test
    void what_is_no_conflict_raises_nothing() {
        UUID account = clinic.account(clinic.person(first), 2);
        clinic.says(first, allergy(first, null, "青霉素"), allergy(first, null, "否认头孢过敏"));

        clinic.says(first, order(first, "R1", "J01FA10", "阿奇霉素片"), order(first, "R2", null, "头孢克洛"));

        alerts(account).body("items", hasSize(0));
        allergies(account).body("items", hasSize(1));
        assertThat(notices(account, "alert-raised")).isEmpty();
    }

    @Test
    void a_stopped_order_resolves_its_alert() {
        UUID account = clinic.account(clinic.person(first), 2);
        clinic.says(first, allergy(first, null, "青霉素"), order(first, "R1", null, "阿莫西林"));
        summary(account, 1);

        clinic.says(first, order(first, "R1", null, "阿莫西林").put("status", "stopped"));

        alerts(account).body("items.status", contains("RESOLVED"));
        summary(account, 0);
    }

    @Test
    void a_corrected_order_or_allergy_takes_its_alert_back() {
        UUID account = clinic.account(clinic.person(first), 2);
        clinic.says(
                first, allergy(first, null, "青霉素"), order(first, "R1", null, "阿莫西林"), order(first, "R2", null, "氨苄西林"));
        summary(account, 2);

        clinic.says(first, order(first, "R1", "J01FA10", "阿奇霉素"));

        summary(account, 1);
        alerts(account).body("items.medication", contains("氨苄西林"));
    }

    @Test
    void a_merge_raises_what_stands_between_the_two_and_a_split_ends_it() {
        UUID survivor = clinic.person(first);
        UUID loser = clinic.person(second);
        UUID account = clinic.account(survivor, 2);
        clinic.says(first, allergy(first, null, "青霉素"));
        clinic.says(second, order(second, "R1", null, "阿莫西林"));
        alerts(account).body("items", hasSize(0));

        clinic.changed(survivor, 2, null, first, second.next());
        clinic.changed(loser, 2, survivor);
        alerts(account).body("items", hasSize(1));
        eventually(() -> notices(account, "alert-raised").size() == 1);

        UUID apart = Ids.next();
        clinic.changed(apart, 1, null, second.next().next());
        clinic.changed(survivor, 3, null, first);
        alerts(account).body("items", hasSize(0));
        alerts(clinic.account(apart, 2)).body("items", hasSize(0));
        allergies(account).body("items", hasSize(1));
    }

    @Test
    void what_comes_before_its_identity_is_known_is_compared_once_it_is() {
        UUID person = clinic.person(first);
        UUID account = clinic.account(person, 2);
        clinic.says(first, allergy(first, null, "青霉素"));
        clinic.says(second, order(second, "R1", null, "阿莫西林"));
        checks.run().await().atMost(Duration.ofSeconds(5));
        alerts(account).body("items", hasSize(0));

        clinic.changed(person, 2, null, first, second);
        eventually(() -> {
            checks.run().await().atMost(Duration.ofSeconds(5));
            return alerts(account).extract().jsonPath().getList("items").size() == 1;
        });
        eventually(() -> notices(account, "alert-raised").size() == 1);
    }

    @Test
    void an_allergy_and_an_order_that_come_at_the_same_moment_find_each_other() {
        for (int i = 0; i < 10; i++) {
            Link here = Link.at("H001");
            Link there = Link.at("H002");
            UUID account = clinic.account(clinic.person(here, there), 2);

            CompletableFuture<Void> allergy =
                    CompletableFuture.runAsync(() -> clinic.says(here, allergy(here, null, "青霉素")));
            clinic.says(there, order(there, Ids.next().toString(), null, "阿莫西林"));
            allergy.join();

            alerts(account).body("items", hasSize(1));
        }
    }

    @Test
    void an_older_message_about_an_order_changes_nothing() {
        UUID account = clinic.account(clinic.person(first), 2);
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        clinic.says(first, allergy(first, null, "青霉素"), order(first, "R1", null, "阿莫西林"));
        clinic.says(first, written(order(first, "R1", null, "阿莫西林").put("status", "stopped"), now.plusMinutes(2)));

        clinic.says(first, written(order(first, "R1", null, "阿莫西林"), now.plusMinutes(1)));

        alerts(account).body("items.status", contains("RESOLVED"));
    }

    @Test
    void nobody_else_sees_them_and_reading_takes_level_2() {
        clinic.account(clinic.person(first), 2);
        UUID stranger = clinic.account(clinic.person(second), 2);
        UUID named = clinic.account(clinic.person(), 1);
        clinic.says(first, allergy(first, null, "青霉素"), order(first, "R1", null, "阿莫西林"));

        alerts(stranger).body("items", hasSize(0));
        allergies(stranger).body("items", hasSize(0));
        alerts(named).statusCode(403).body("type", equalTo("/problems/level-required"));
        allergies(named).statusCode(403);
        given().get("/v1/me/alerts").then().statusCode(401);
    }

    @Test
    void allergies_are_listed_with_group_reaction_and_hospital_in_the_callers_language() {
        UUID account = clinic.account(clinic.person(first), 2);
        clinic.says(first, allergy(first, "J01CE01", "青霉素"));

        allergies(account)
                .body("items[0].text", equalTo("青霉素"))
                .body("items[0].group", equalTo("青霉素类"))
                .body("items[0].reaction", equalTo("皮疹"))
                .body("items[0].criticality", equalTo("high"))
                .body("items[0].hospital.id", equalTo("H001"))
                .body("next", nullValue());
        given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2))
                .header("Accept-Language", "en")
                .get("/v1/me/allergies")
                .then()
                .body("items[0].group", equalTo("penicillins"));
    }

    @Test
    void names_of_substances_are_sealed_in_the_database() {
        clinic.says(first, allergy(first, null, "特殊物质甲"), order(first, "R1", null, "特殊药物乙"));

        assertThat(clinic.rows(
                        "select a::text || m::text from allergy a join medication_order m using (identity)"
                                + " where identity = $1",
                        Tuple.of(first.identity())))
                .singleElement()
                .satisfies(row -> assertThat(row.getString(0)).doesNotContain("特殊物质甲", "特殊药物乙"));
    }

    private static JsonObject allergy(Link link, String atc, String text) {
        return new JsonObject()
                .put("resourceType", "AllergyIntolerance")
                .put("identifier", identifier("allergy", link, link.identity() + "/" + (atc == null ? text : atc)))
                .put("clinicalStatus", concept("status", "active", null))
                .put("code", concept(ATC, atc, text))
                .put("patient", subject(link))
                .put("criticality", "high")
                .put(
                        "reaction",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("manifestation", new JsonArray().add(concept(null, null, "皮疹")))));
    }

    private static JsonObject order(Link link, String number, String atc, String text) {
        return new JsonObject()
                .put("resourceType", "MedicationRequest")
                .put("identifier", identifier("order", link, link.identity() + number))
                .put("status", "active")
                .put("medicationCodeableConcept", concept(ATC, atc, text))
                .put("subject", subject(link))
                .put(
                        "authoredOn",
                        OffsetDateTime.now(ZoneOffset.UTC).minusHours(1).toString());
    }

    private static JsonObject written(JsonObject resource, OffsetDateTime at) {
        return resource.put("meta", new JsonObject().put("lastUpdated", at.toString()));
    }

    private static JsonArray identifier(String kind, Link link, String value) {
        return new JsonArray()
                .add(new JsonObject()
                        .put("system", "urn:kangka:" + kind + ":" + link.source())
                        .put("value", value));
    }

    private static JsonObject subject(Link link) {
        return new JsonObject().put("reference", "Patient/" + link.identity());
    }

    private static void summary(UUID account, int alerts) {
        given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2))
                .get("/v1/me/summary")
                .then()
                .body("alerts", equalTo(alerts));
    }

    private static ValidatableResponse alerts(UUID account) {
        return get(account, "/v1/me/alerts");
    }

    private static ValidatableResponse allergies(UUID account) {
        return get(account, "/v1/me/allergies");
    }

    private static ValidatableResponse get(UUID account, String path) {
        return given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2))
                .get(path)
                .then();
    }
}
