package cn.kangka.empi.review;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Patient;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Registrar;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The registrar's queue of doubtful pairs. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class ReviewTest {
    private static final AtomicInteger CHARTS = new AtomicInteger();

    @Inject
    Region region;

    /** A doubtful pair: what the hospital knows well, and what somebody wrote down in a hurry. */
    private record Doubtful(String task, UUID known, UUID alone, UUID identity, String chart, Patient patient) {}

    @Test
    void both_records_are_shown_with_reasons_that_add_up() throws Exception {
        Doubtful pair = doubtful();
        JsonPath shown = read(pair).statusCode(200).extract().jsonPath();
        boolean knownFirst = shown.getString("one.person").equals(pair.known().toString());
        String known = knownFirst ? "one" : "other";
        String alone = knownFirst ? "other" : "one";
        assertThat(shown.getString(known + ".name")).isEqualTo(pair.patient().name());
        assertThat(shown.getString(known + ".documents[0].number"))
                .isEqualTo(pair.patient().residentId());
        assertThat(shown.getString(alone + ".localId")).isEqualTo(pair.chart());
        assertThat(shown.getString(alone + ".phones[0]")).isNull();
        assertThat(shown.getBoolean("onePerson")).isFalse();
        double sum = DoubleStream.concat(
                        DoubleStream.of(shown.getFloat("evidence.prior"), shown.getFloat("evidence.household")),
                        shown.getList("evidence.fields.bits", Float.class).stream()
                                .mapToDouble(Float::doubleValue))
                .sum();
        assertThat(sum).isCloseTo((double) shown.getFloat("evidence.score"), org.assertj.core.data.Offset.offset(1e-3));
        assertThat(shown.getString("evidence.fields.find { it.name == 'name' }.agreement"))
                .isEqualTo("SAME");
        assertThat(shown.getString("evidence.fields.find { it.name == 'phone' }.agreement"))
                .isEqualTo("MISSING");
        assertThat(region.rows(
                        "select 1 from audit_entry where action = 'review.read' and person = $1 and actor = 'registrar-1'",
                        pair.known()))
                .hasSize(1);
    }

    @Test
    void the_queue_shows_no_full_name_and_pages_by_probability_and_age() throws Exception {
        for (int i = 0; i < 3; i++) {
            doubtful();
        }
        List<Map<String, Object>> likeliest = queue("probability", 2);
        assertThat(likeliest)
                .isSortedAccordingTo(Comparator.comparing(
                        (Map<String, Object> item) -> -((Number) item.get("probability")).doubleValue()));
        List<Map<String, Object>> oldest = queue("age", 2);
        assertThat(oldest)
                .isSortedAccordingTo(Comparator.comparing(
                        item -> Instant.parse(item.get("createdAt").toString())));
        assertThat(ids(oldest)).hasSameElementsAs(ids(likeliest)).doesNotHaveDuplicates();
        assertThat(likeliest.stream().map(item -> ((Map<?, ?>) item.get("one")).get("name")))
                .allSatisfy(name -> assertThat(name.toString()).contains("*"));
        Registrar.asks()
                .get("/v1/reviews?cursor=nonsense")
                .then()
                .statusCode(422)
                .body("type", endsWith("/problems/invalid"));
    }

    @Test
    void the_same_human_is_joined_and_the_undo_parts_them_again() throws Exception {
        Doubtful pair = doubtful();
        decide(pair, "SAME", 7).statusCode(200).body("state", equalTo("SAME")).body("event", not(nullValue()));
        assertThat(personOf(pair)).isEqualTo(pair.known());
        decide(pair, "DIFFERENT", 1).statusCode(409).body("type", endsWith("/problems/review-decided"));
        Registrar.asks()
                .get("/v1/reviews?state=DECIDED&limit=200")
                .then()
                .body("items.id", hasItem(pair.task()))
                .body("items[0].decidedBy", equalTo("registrar-1"));
        Registrar.asks()
                .get("/v1/reviews/statistics")
                .then()
                .statusCode(200)
                .body("decided", greaterThan(0))
                .body("medianSeconds", greaterThan(0f));
        undo(pair).statusCode(200).body("state", equalTo("OPEN"));
        assertThat(personOf(pair)).isEqualTo(pair.alone());
        undo(pair).statusCode(409).body("type", endsWith("/problems/undo-impossible"));
    }

    @Test
    void two_humans_stay_two_whatever_comes_until_the_undo() throws Exception {
        Doubtful pair = doubtful();
        decide(pair, "DIFFERENT", 5).statusCode(200).body("event", nullValue());
        send("A08", pair.chart(), pair.patient());
        assertThat(personOf(pair)).isEqualTo(pair.alone());
        undo(pair).statusCode(200);
        send("A08", pair.chart(), pair.patient().withPhone(Adt.phone()));
        assertThat(personOf(pair)).isEqualTo(pair.known());
    }

    @Test
    void later_leaves_the_queue_but_not_the_desk() throws Exception {
        Doubtful pair = doubtful();
        decide(pair, "LATER", 3).statusCode(200).body("state", equalTo("LATER"));
        assertThat(ids(queue("age", 50))).doesNotContain(pair.task());
        Registrar.asks().get("/v1/reviews?state=LATER&limit=200").then().body("items.id", hasItem(pair.task()));
        decide(pair, "SAME", 4).statusCode(200);
    }

    @Test
    void data_that_no_longer_fit_their_person_are_asked_about_and_parted() throws Exception {
        Patient patient = patient();
        UUID person = send("A28", chart(), patient);
        String chart = chart();
        Hl7Message joined = region.send(Adt.register("C001", "A28", chart, patient));
        assertThat(region.personOf(joined)).isEqualTo(person);
        region.send(Adt.register("C001", "A08", chart, new Patient("夏侯兰", "19470909", "F", "", Adt.phone(), "解放路1号")));
        String task = region.rows(
                        "select t.id from review_task t join link a on a.identity = t.one and a.ended_at is null"
                                + " where a.person = $1 and t.state = 'OPEN'",
                        person)
                .get(0)
                .getUUID(0)
                .toString();
        Doubtful pair = new Doubtful(task, person, person, region.identityOf(joined), chart, patient);
        read(pair).body("onePerson", equalTo(true)).body("evidence.score", lessThan(0f));
        decide(pair, "DIFFERENT", 9).statusCode(200);
        assertThat(personOf(pair)).isNotEqualTo(person);
        undo(pair).statusCode(200);
        assertThat(personOf(pair)).isEqualTo(person);
    }

    @Test
    void nobody_but_registrars_sees_or_decides() {
        given().get("/v1/reviews").then().statusCode(401);
        given().auth()
                .oauth2(TestTokens.staff("agent-1", "agent"))
                .get("/v1/reviews")
                .then()
                .statusCode(403);
        Registrar.asks()
                .body(Map.of("by", "registrar-1"))
                .post("/v1/reviews/" + UUID.randomUUID() + "/read")
                .then()
                .statusCode(404);
        Registrar.asks()
                .body(Map.of("decision", "SAME", "seconds", -1, "by", "registrar-1"))
                .post("/v1/reviews/" + UUID.randomUUID() + "/decision")
                .then()
                .statusCode(400);
    }

    private Doubtful doubtful() throws IOException {
        Patient patient = patient();
        UUID known = region.personOf(region.send(Adt.register("H001", "A28", chart(), patient)));
        String chart = chart();
        Patient meagre = patient.withResidentId("").withPhone("").withStreet("");
        Hl7Message hurried = region.send(Adt.register("H003", "A28", chart, meagre));
        UUID alone = region.personOf(hurried);
        String task = region.rows(
                        "select t.id from review_task t join link a on a.identity in (t.one, t.other)"
                                + " and a.ended_at is null where a.person = $1 and t.state = 'OPEN'",
                        alone)
                .get(0)
                .getUUID(0)
                .toString();
        return new Doubtful(task, known, alone, region.identityOf(hurried), chart, patient);
    }

    /** A common name, born on a day of their own. */
    private static Patient patient() {
        String birth = String.format("19%02d%02d%02d", 50 + CHARTS.incrementAndGet() % 45, 1 + CHARTS.get() % 12, 17);
        return new Patient("张伟", birth, "M", Adt.residentId(birth), Adt.phone(), "湖滨路" + CHARTS.get() + "号");
    }

    private static String chart() {
        return "RV" + CHARTS.incrementAndGet();
    }

    private UUID send(String trigger, String chart, Patient patient) throws IOException {
        return region.personOf(region.send(Adt.register("H003", trigger, chart, patient)));
    }

    private UUID personOf(Doubtful pair) {
        return region.rows("select person from link where identity = $1 and ended_at is null", pair.identity())
                .get(0)
                .getUUID(0);
    }

    private static ValidatableResponse read(Doubtful pair) {
        return Registrar.asks()
                .body(Map.of("by", "registrar-1"))
                .post("/v1/reviews/" + pair.task() + "/read")
                .then();
    }

    private static ValidatableResponse decide(Doubtful pair, String decision, int seconds) {
        return Registrar.asks()
                .body(Map.of("decision", decision, "seconds", seconds, "by", "registrar-1"))
                .post("/v1/reviews/" + pair.task() + "/decision")
                .then();
    }

    private static ValidatableResponse undo(Doubtful pair) {
        return Registrar.asks()
                .body(Map.of("by", "registrar-1"))
                .post("/v1/reviews/" + pair.task() + "/undo")
                .then();
    }

    private static List<Map<String, Object>> queue(String order, int limit) {
        List<Map<String, Object>> all = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = Registrar.asks()
                    .get("/v1/reviews?order=" + order + "&limit=" + limit + "&cursor=" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            all.addAll(page.getList("items"));
            cursor = page.getString("next");
        }
        return all;
    }

    private static List<Object> ids(List<Map<String, Object>> items) {
        return items.stream().map(item -> item.get("id")).toList();
    }
}
