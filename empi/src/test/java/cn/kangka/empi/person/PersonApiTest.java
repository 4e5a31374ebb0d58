package cn.kangka.empi.person;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Region;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class PersonApiTest {
    private static final String BIRTH = "19790203";
    private static final String REASON = "同一人,经核对证件";

    @Inject
    Region region;

    @Test
    void a_person_is_read_with_its_golden_record() throws Exception {
        String id = Adt.residentId(BIRTH);
        String phone = Adt.phone();
        UUID person = person("H001", "PA1", id, "蒋欣", phone);
        as("api")
                .get("/v1/persons/" + person)
                .then()
                .statusCode(200)
                .body("id", equalTo(person.toString()))
                .body("status", equalTo("ACTIVE"))
                .body("name", equalTo("蒋欣"))
                .body("sex", equalTo("MALE"))
                .body("birthDate", equalTo("1979-02-03"))
                .body("phones", hasSize(1))
                .body("documents[0].type", equalTo("RESIDENT_ID"))
                .body("documents[0].number", equalTo(id))
                .body("identities[0].source", equalTo("H001"))
                .body("identities[0].localId", equalTo("PA1"));
    }

    @Test
    void nobody_reads_persons_without_a_role() {
        String path = "/v1/persons/" + UUID.randomUUID();
        given().get(path).then().statusCode(401);
        given().auth()
                .oauth2(TestTokens.citizen(UUID.randomUUID(), 2))
                .get(path)
                .then()
                .statusCode(403);
        as("api").get(path).then().statusCode(404);
        given().auth()
                .oauth2(TestTokens.staff("agent", "agent"))
                .get("/v1/sources")
                .then()
                .statusCode(403);
    }

    @Test
    void a_claim_needs_name_document_and_for_level_two_a_recorded_phone() throws Exception {
        String id = Adt.residentId(BIRTH);
        String phone = Adt.phone();
        UUID person = person("H001", "PC1", id, "沈默", phone);
        claim("沈默", id, "+86 " + phone)
                .statusCode(200)
                .body("person", equalTo(person.toString()))
                .body("level", equalTo(2));
        claim("沈默", id, "13700000001").statusCode(200).body("level", equalTo(1));
        claim("沈没", id, phone).statusCode(404);
        claim("沈默", Adt.residentId(BIRTH), phone).statusCode(404);
    }

    @Test
    void a_search_is_masked_and_needs_enough() throws Exception {
        String id = Adt.residentId(BIRTH);
        String phone = Adt.phone();
        UUID person = person("H001", "PS1", id, "韩梅梅", phone);
        for (Map<String, String> body : List.of(
                Map.of("phone", phone),
                Map.of("idNumber", id),
                Map.of("name", "韩梅梅", "birthDate", "1979-02-03", "phone", phone))) {
            as("api")
                    .body(body)
                    .post("/v1/persons/search")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(1))
                    .body("items[0].person", equalTo(person.toString()))
                    .body("items[0].name", equalTo("韩**"))
                    .body("items[0].phone", equalTo("139****" + phone.substring(7)))
                    .body("items[0].idNumber", endsWith(id.substring(14)));
        }
        as("api").body(Map.of("name", "韩梅梅")).post("/v1/persons/search").then().statusCode(422);
        as("api")
                .body(Map.of("phone", "13700000009"))
                .post("/v1/persons/search")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void checks_answer_counts_only() throws Exception {
        String id = Adt.residentId(BIRTH);
        String phone = Adt.phone();
        UUID person = person("H001", "PK1", id, "杨光", phone);
        String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();
        checks(person, Map.of("name", "杨光", "birthDate", "1979-02-03", "idLast4", id.substring(14), "phone", phone))
                .body("asked", equalTo(4))
                .body("passed", equalTo(4));
        checks(person, Map.of("name", "杨关", "lastVisit", today))
                .body("asked", equalTo(2))
                .body("passed", equalTo(0));
        region.send(Adt.register("H001", "A04", "PK1", id, "杨光", BIRTH, phone));
        checks(person, Map.of("lastVisit", today)).body("passed", equalTo(1));
    }

    @Test
    void a_merge_redirects_for_ever_and_tells_both_in_order() throws Exception {
        UUID first = person("H001", "PM1", Adt.residentId(BIRTH), "朱一", Adt.phone());
        UUID second = person("H003", "PM2", Adt.residentId(BIRTH), "朱一", Adt.phone());
        UUID third = person("C001", "PM3", Adt.residentId(BIRTH), "朱一", Adt.phone());
        merge(second, first).statusCode(200).body("person", equalTo(first.toString()));
        merge(first, third).statusCode(200);
        for (UUID old : List.of(first, second)) {
            as("api")
                    .redirects()
                    .follow(false)
                    .get("/v1/persons/" + old)
                    .then()
                    .statusCode(308)
                    .header("Location", endsWith("/v1/persons/" + third));
        }
        as("api").get("/v1/persons/" + third).then().body("identities", hasSize(3));
        merge(first, third).statusCode(409).body("type", endsWith("/problems/person-merged"));
        merge(third, third).statusCode(422);
        merge(UUID.randomUUID(), third).statusCode(404);
        List<Row> events = region.rows(
                "select aggregate, barrier, version from outbox where barrier in ($1, $2) order by id",
                first.toString(),
                second.toString());
        assertThat(events).anySatisfy(event -> {
            assertThat(event.getString(0)).isEqualTo(second.toString());
            assertThat(event.getString(1)).isEqualTo(first.toString());
        });
        assertThat(region.rows("select 1 from audit_entry where action = 'person.merge' and person = $1", third))
                .hasSize(1);
    }

    @Test
    void a_split_makes_a_new_person_that_no_rule_undoes() throws Exception {
        String id = Adt.residentId(BIRTH);
        String phone = Adt.phone();
        UUID person = person("H001", "PX1", id, "秦二", phone);
        Hl7Message other = region.send(Adt.register("H003", "A28", "PX2", id, "秦二", BIRTH, phone));
        assertThat(region.personOf(other)).isEqualTo(person);
        UUID leaving = region.identityOf(other);
        String fresh = split(person, leaving).statusCode(200).extract().path("person");
        as("api").get("/v1/persons/" + fresh).then().body("identities[0].localId", equalTo("PX2"));
        assertThat(region.rows("select 1 from person where suspect and id in ($1, $2)", person, UUID.fromString(fresh)))
                .hasSize(2);
        split(person, leaving).statusCode(409).body("type", endsWith("/problems/split-impossible"));
        Hl7Message update = region.send(Adt.register("H003", "A08", "PX2", id, "秦二", BIRTH, Adt.phone()));
        assertThat(region.personOf(update)).isEqualTo(UUID.fromString(fresh));
        assertThat(region.rows("select version, decided_by from link where identity = $1 and ended_at is null", leaving)
                        .get(0)
                        .getString(1))
                .isEqualTo("MANUAL");
    }

    @Test
    void a_review_ends_the_suspicion_and_tells_it() throws Exception {
        String id = Adt.residentId(BIRTH);
        String phone = Adt.phone();
        UUID person = person("H001", "PV1", id, "秦三", phone);
        UUID leaving = region.identityOf(region.send(Adt.register("H003", "A28", "PV2", id, "秦三", BIRTH, phone)));
        split(person, leaving).statusCode(200);
        assertThat(suspect(person)).isTrue();
        long before = version(person);
        given().auth()
                .oauth2(TestTokens.staff("registrar-1", "registrar"))
                .contentType("application/json")
                .body(Map.of("reason", "本人到场核对", "by", "registrar-1"))
                .post("/v1/persons/" + person + "/review")
                .then()
                .statusCode(200)
                .body("person", equalTo(person.toString()));
        assertThat(suspect(person)).isFalse();
        assertThat(version(person)).isGreaterThan(before);
        given().auth()
                .oauth2(TestTokens.staff("agent-1", "agent"))
                .contentType("application/json")
                .body(Map.of("reason", "x", "by", "agent-1"))
                .post("/v1/persons/" + person + "/review")
                .then()
                .statusCode(403);
    }

    private boolean suspect(UUID person) {
        return region.rows("select suspect from person where id = $1", person)
                .get(0)
                .getBoolean(0);
    }

    private long version(UUID person) {
        return region.rows("select version from person where id = $1", person)
                .get(0)
                .getLong(0);
    }

    @Test
    void the_connected_institutions_are_listed() {
        as("api")
                .get("/v1/sources")
                .then()
                .statusCode(200)
                .body("items.find { it.id == 'H002' }.bookingMode", equalTo("HOSPITAL_FILLS"))
                .body("items.find { it.id == 'C001' }.kind", equalTo("CENTRE"));
    }

    private UUID person(String source, String localId, String id, String name, String phone) throws Exception {
        return region.personOf(region.send(Adt.register(source, "A28", localId, id, name, BIRTH, phone)));
    }

    private static RequestSpecification as(String service) {
        return given().auth().oauth2(TestTokens.service(service, "empi")).contentType("application/json");
    }

    private static io.restassured.response.ValidatableResponse claim(String name, String id, String phone) {
        return as("api")
                .body(Map.of("name", name, "idType", "RESIDENT_ID", "idNumber", id, "phone", phone))
                .post("/v1/persons/claim")
                .then();
    }

    private static io.restassured.response.ValidatableResponse checks(UUID person, Map<String, String> checks) {
        return as("api")
                .body(checks)
                .post("/v1/persons/" + person + "/checks")
                .then()
                .statusCode(200);
    }

    private static io.restassured.response.ValidatableResponse merge(UUID retired, UUID into) {
        return as("api")
                .body(Map.of("into", into, "reason", REASON, "by", "registrar-1"))
                .post("/v1/persons/" + retired + "/merge")
                .then();
    }

    private static io.restassured.response.ValidatableResponse split(UUID person, UUID identity) {
        return given().auth()
                .oauth2(TestTokens.staff("registrar-1", "registrar"))
                .contentType("application/json")
                .body(Map.of("identities", List.of(identity), "reason", "两人共用证件", "by", "registrar-1"))
                .post("/v1/persons/" + person + "/split")
                .then();
    }
}
