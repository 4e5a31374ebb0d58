package cn.kangka.empi.reconciliation;

import static cn.kangka.empi.testing.HospitalsResource.K003;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Until;
import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A hospital's own copies, asked over MLLP and compared. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class ReconciliationTest {
    private static final String BIRTH = "19770501";

    @Inject
    Region region;

    /** What the hospital answers for a local id; for others, that it does not know them. */
    private final Map<String, String> copies = new ConcurrentHashMap<>();

    private static RequestSpecification staff() {
        return given().auth()
                .oauth2(TestTokens.staff("engineer-1", "integration"))
                .contentType("application/json");
    }

    @AfterEach
    void usual() {
        K003.answer(Answers.accept());
    }

    private void hospitalAnswers() {
        K003.answer(message -> message.contains("QBP^Q22")
                ? Answers.patient(copies.get(Answers.parameter(message, "@PID.3.1")))
                        .apply(message)
                : Answers.accept().apply(message));
    }

    private record Chart(String id, String phone, UUID person) {
        /** The hospital's copy, as it was told. */
        private String copy() {
            return "PID|1||" + id + "^^^K003^MR~" + person + "^^^KANGKA^PI||端木^赐||" + BIRTH + "|M|||||" + phone;
        }
    }

    private Chart registered() throws Exception {
        String id = "RC-" + UUID.randomUUID();
        String phone = Adt.phone();
        Hl7Message answer = region.send(Adt.register("K003", "A28", id, Adt.residentId(BIRTH), "端木赐", BIRTH, phone));
        return new Chart(id, phone, region.personOf(answer));
    }

    @Test
    void what_differs_is_named_and_sent_and_what_agrees_is_left_alone() throws Exception {
        Chart agrees = registered();
        Chart differs = registered();
        Chart unknown = registered();
        copies.put(agrees.id(), agrees.copy());
        copies.put(
                differs.id(),
                differs.copy()
                        .replace("端木^赐", "端木^踢")
                        .replace(differs.phone(), "13700000000")
                        .replace(differs.person().toString(), UUID.randomUUID().toString()));
        hospitalAnswers();
        K003.forget();
        JsonPath run = begin();
        staff().body(Map.of("source", "K003", "by", "engineer-1"))
                .post("/v1/reconciliations")
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/reconciliation-open"));
        JsonPath report = finished(run.getString("id"));
        assertThat(report.getLong("agreed")).isGreaterThanOrEqualTo(1);
        assertThat(report.getLong("others.DIFFERS")).isGreaterThanOrEqualTo(1);
        assertThat(report.getLong("others.UNKNOWN")).isGreaterThanOrEqualTo(1);

        assertThat(difference(run.getString("id"), agrees)).isNull();
        Map<String, Object> named = difference(run.getString("id"), differs);
        assertThat(named.get("kind")).isEqualTo("DIFFERS");
        assertThat(named.get("fields")).isEqualTo(List.of("PID-3", "PID-5", "PID-13"));
        assertThat(difference(run.getString("id"), unknown).get("kind")).isEqualTo("UNKNOWN");
        for (Chart each : List.of(differs, unknown)) {
            Until.good(
                    () -> K003.received().stream()
                            .filter(message -> message.contains("ADT^A31") && message.contains(each.id()))
                            .toList(),
                    told -> told.size() == 1);
        }
        assertThat(K003.received()).noneMatch(message -> message.contains("ADT^A31") && message.contains(agrees.id()));
        assertThat(region.rows(
                        "select 1 from audit_entry where action = 'reconciliation.begin' and actor = 'engineer-1'"))
                .isNotEmpty();
    }

    @Test
    void a_hospital_that_is_down_is_asked_later_and_one_that_takes_no_questions_is_named() throws Exception {
        Chart chart = registered();
        K003.goDown();
        JsonPath run = begin();
        Until.good(
                () -> region.rows(
                        "select lease_until > now() + interval '20 seconds' from reconciliation where id = $1",
                        UUID.fromString(run.getString("id"))),
                rows -> Boolean.TRUE.equals(rows.get(0).getBoolean(0)));
        staff().get("/v1/reconciliations/" + run.getString("id"))
                .then()
                .body("finishedAt", nullValue())
                .body("asked", equalTo(0));
        K003.comeUp();
        K003.answer(message -> message.contains("QBP^Q22")
                ? Answers.reject("不支持").apply(message)
                : Answers.accept().apply(message));
        region.rows("update reconciliation set lease_until = null where id = $1", UUID.fromString(run.getString("id")));
        finished(run.getString("id"));
        Map<String, Object> named = difference(run.getString("id"), chart);
        assertThat(named.get("kind")).isEqualTo("REFUSED");
        assertThat(named.get("told")).isEqualTo(false);
    }

    @Test
    void only_a_hospital_that_can_be_asked_is_compared() {
        staff().body(Map.of("source", "H001", "by", "engineer-1"))
                .post("/v1/reconciliations")
                .then()
                .statusCode(422);
        staff().get("/v1/reconciliations/" + UUID.randomUUID()).then().statusCode(404);
        staff().get("/v1/reconciliations?source=K003").then().statusCode(200);
        given().auth()
                .oauth2(TestTokens.staff("agent-1", "agent"))
                .get("/v1/reconciliations")
                .then()
                .statusCode(403);
    }

    private static JsonPath begin() {
        return staff().body(Map.of("source", "K003", "by", "engineer-1"))
                .post("/v1/reconciliations")
                .then()
                .statusCode(201)
                .body("startedAt", notNullValue())
                .extract()
                .jsonPath();
    }

    private static JsonPath finished(String run) {
        return Until.good(
                () -> staff().get("/v1/reconciliations/" + run).jsonPath(), report -> report.get("finishedAt") != null);
    }

    private Map<String, Object> difference(String run, Chart chart) {
        UUID identity = region.rows(
                        "select identity from message where person = $1 and source = 'K003' and direction = 'IN' limit 1",
                        chart.person())
                .get(0)
                .getUUID(0);
        List<Map<String, Object>> all = staff().get("/v1/reconciliations/" + run + "/differences?limit=200")
                .jsonPath()
                .getList("items");
        return all.stream()
                .filter(each -> each.get("identity").equals(identity.toString()))
                .findFirst()
                .orElse(null);
    }
}
