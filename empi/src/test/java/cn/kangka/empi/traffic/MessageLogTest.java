package cn.kangka.empi.traffic;

import static cn.kangka.empi.testing.HospitalsResource.K001;
import static cn.kangka.empi.testing.HospitalsResource.K002;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hospital.Letters;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Until;
import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The message log as integration staff use it. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class MessageLogTest {
    private static final AtomicInteger CHARTS = new AtomicInteger();
    private static final String BIRTH = "19730412";

    @Inject
    Region region;

    @Inject
    Letters letters;

    private static RequestSpecification staff() {
        return given().auth()
                .oauth2(TestTokens.staff("engineer-1", "integration"))
                .contentType("application/json");
    }

    private static String chart() {
        return "ML-" + CHARTS.incrementAndGet();
    }

    private static JsonPath list(String query) {
        return staff().get("/v1/messages?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static ValidatableResponse because(String path, String reason) {
        return staff().body(Map.of("by", "engineer-1", "reason", reason))
                .post("/v1/messages/" + path)
                .then();
    }

    private String registered(String source, String chart, String name) throws Exception {
        Hl7Message answer =
                region.send(Adt.register(source, "A28", chart, Adt.residentId(BIRTH), name, BIRTH, Adt.phone()));
        assertThat(Region.verdict(answer)).isEqualTo("AA");
        return answer.segment("MSA").orElseThrow().value(2);
    }

    @Test
    void messages_are_found_by_what_is_known_of_them_newest_first() throws Exception {
        String first = registered("H003", chart(), "南宫问天");
        String second = registered("H003", chart(), "南宫问地");
        JsonPath one = list("control=" + first);
        assertThat(one.getList("items")).hasSize(1);
        assertThat(one.getString("items[0].code")).isEqualTo("ADT");
        assertThat(one.getString("items[0].state")).isEqualTo("ACCEPTED");
        assertThat(one.getLong("items[0].millis")).isGreaterThanOrEqualTo(0);
        String person = one.getString("items[0].person");
        assertThat(list("person=" + person).getList("items.controlId")).contains(first);

        String since = one.getString("items[0].receivedAt");
        JsonPath page = list("source=H003&code=ADT&trigger=A28&state=ACCEPTED&limit=1&from=" + since);
        assertThat(page.getString("items[0].controlId")).isEqualTo(second);
        JsonPath next = list("source=H003&code=ADT&trigger=A28&state=ACCEPTED&limit=1&from=" + since + "&cursor="
                + page.getString("next"));
        assertThat(next.getString("items[0].controlId")).isEqualTo(first);
        assertThat(list("source=H003&until=" + since).getList("items.controlId"))
                .doesNotContain(first, second);
        assertThat(list("control=" + first + "&state=REFUSED&state=FAILED").getList("items"))
                .isEmpty();
        staff().get("/v1/messages?direction=SIDEWAYS").then().statusCode(400);
        given().auth()
                .oauth2(TestTokens.staff("agent-1", "agent"))
                .get("/v1/messages")
                .then()
                .statusCode(403);
    }

    @Test
    void a_message_is_a_tree_with_names_and_says_nothing_of_a_person_until_it_is_opened() throws Exception {
        String control = registered("H001", chart(), "东郭先生");
        String id = list("control=" + control).getString("items[0].id");
        ValidatableResponse shut = staff().get("/v1/messages/" + id).then().statusCode(200);
        shut.body("opened", equalTo(false))
                .body("message.text", nullValue())
                .body("message.segments.name", contains("MSH", "EVN", "PID"))
                .body("message.segments[2].fields.find { it.position == 3 }.name", equalTo("Patient Identifier List"))
                .body("message.segments[2].fields.find { it.position == 3 }.hidden", equalTo(true))
                .body("message.segments[2].fields.find { it.position == 3 }.repetitions[0][3][0]", equalTo("●"))
                .body("message.segments[2].fields.find { it.position == 8 }.repetitions[0][0][0]", equalTo("M"))
                .body("message.segments[0].fields.find { it.position == 10 }.repetitions[0][0][0]", equalTo(control))
                .body("answer.segments[1].name", equalTo("MSA"))
                .body("answer.segments[1].fields[0].repetitions[0][0][0]", equalTo("AA"));
        assertThat(shut.extract().asString()).doesNotContain("郭先生").doesNotContain(BIRTH);

        staff().body(Map.of("by", "engineer-1", "reason", ""))
                .post("/v1/messages/" + id + "/open")
                .then()
                .statusCode(400);
        because(id + "/open", "核对姓名乱码")
                .statusCode(200)
                .body("opened", equalTo(true))
                .body("message.text", notNullValue())
                .body("message.segments[2].fields.find { it.position == 5 }.repetitions[0]*.getAt(0)", hasItem("郭先生"));
        assertThat(region.rows(
                        "select actor, reason from audit_entry where action = 'message.open' and object = $1 and person is not null",
                        id))
                .singleElement()
                .satisfies(row -> assertThat(row.getString(1)).isEqualTo("核对姓名乱码"));
        staff().get("/v1/messages/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void what_was_refused_is_accepted_when_it_is_done_again_after_the_cause_is_gone() throws Exception {
        String missing = chart();
        String message = Adt.header("H001", "A24", Adt.control())
                + Adt.pid("H001", chart(), "", "公冶长", BIRTH, "")
                + Adt.pid("H001", missing, "", "公冶短", BIRTH, "");
        Hl7Message refused = region.send(message);
        assertThat(Region.verdict(refused)).isNotEqualTo("AA");
        String control = refused.segment("MSA").orElseThrow().value(2);
        JsonPath found = list("control=" + control + "&state=REFUSED");
        assertThat(found.getString("items[0].error")).isNotBlank();
        registered("H001", missing, "公冶短");

        because(found.getString("items[0].id") + "/replay", "病案已补登")
                .statusCode(200)
                .body("messages", equalTo(1));
        Until.good(() -> list("control=" + control).getString("items[0].state"), "ACCEPTED"::equals);
        assertThat(list("control=" + control).getInt("items[0].attempts")).isEqualTo(2);
        Until.good(() -> region.rows("select 1 from message_replay"), List::isEmpty);
        assertThat(region.rows("select 1 from audit_entry where action = 'message.again' and reason = '病案已补登'"))
                .hasSize(1);
    }

    @Test
    void a_search_is_done_again_as_a_whole() throws Exception {
        String chart = chart();
        String first = registered("C002", chart, "司徒钟");
        String since = list("control=" + first).getString("items[0].receivedAt");
        String second = registered("C002", chart(), "司徒雷");
        staff().body(Map.of("by", "engineer-1", "reason", "重建"))
                .post("/v1/messages/replay?source=C002&direction=IN&from=" + since)
                .then()
                .statusCode(200)
                .body("messages", greaterThan(1))
                .body("more", equalTo(false));
        Until.good(
                () -> List.of(
                        list("control=" + first).getInt("items[0].attempts"),
                        list("control=" + second).getInt("items[0].attempts")),
                List.of(2, 2)::equals);
        assertThat(list("control=" + first).getString("items[0].state")).isEqualTo("ACCEPTED");
    }

    @Test
    void fhir_is_in_the_log_and_is_done_again_too() {
        String body = """
                {"resourceType":"Patient","identifier":[{"system":"urn:oid:2.999.1.1","value":"%s"}],
                 "name":[{"text":"钟离权"}],"birthDate":"1966-06-06"}""".formatted(chart());
        String query = "Patient?identifier=urn:oid:2.999.1.1%7C"
                + body.split("\"value\":\"")[1].split("\"")[0];
        given().auth()
                .oauth2(TestTokens.client("log-H001", "hospital", "", Map.of("source", "H001")))
                .header("Content-Type", "application/fhir+json")
                .urlEncodingEnabled(false)
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put("/fhir/" + query)
                .then()
                .statusCode(201);
        JsonPath found = list("code=FHIR&trigger=Patient&source=H001&limit=1");
        String id = found.getString("items[0].id");
        staff().get("/v1/messages/" + id)
                .then()
                .statusCode(200)
                .body("message.resource.resourceType", equalTo("Patient"))
                .body("message.resource.birthDate", equalTo("●"));
        because(id + "/replay", "演练").statusCode(200);
        Until.good(
                () -> list("code=FHIR&trigger=Patient&source=H001&limit=1").getInt("items[0].attempts"),
                tries -> tries == 2);
        assertThat(list("code=FHIR&trigger=Patient&source=H001&limit=1").getString("items[0].state"))
                .isEqualTo("ACCEPTED");
    }

    @Test
    void what_waits_for_a_hospital_is_seen_held_back_and_let_go_and_what_was_sent_is_sent_again() throws Exception {
        UUID person = region.personOf(
                region.send(Adt.register("H001", "A28", chart(), Adt.residentId(BIRTH), "夏侯惇", BIRTH, Adt.phone())));
        K001.answer(Answers.accept());
        K001.forget();
        K001.goDown();
        UUID letter = letter(person);
        Until.good(() -> list("person=" + person + "&direction=OUT").getString("items[0].state"), "QUEUED"::equals);
        staff().get("/v1/traffic/waiting?destination=hospital:K001")
                .then()
                .statusCode(200)
                .body("id", hasItem(letter.toString()));
        because(letter + "/park", "对方停机").statusCode(204);
        because(letter + "/park", "对方停机").statusCode(404);
        staff().get("/v1/traffic")
                .then()
                .body("queues.find { it.destination == 'hospital:K001' }.parked", greaterThan(0));
        K001.comeUp();
        staff().get("/v1/messages/" + letter)
                .then()
                .body("item.state", equalTo("PARKED"))
                .body("waiting.reason", equalTo("对方停机"));
        because(letter + "/resume", "对方恢复").statusCode(204);
        Until.good(() -> list("person=" + person + "&direction=OUT").getString("items[0].state"), "DELIVERED"::equals);

        because(letter + "/replay", "对方丢失").statusCode(200);
        Until.good(() -> list("person=" + person + "&direction=OUT").getList("items"), items -> items.size() == 2);
        List<String> sent = Until.good(K001::received, received -> received.size() >= 2);
        assertThat(sent.subList(sent.size() - 2, sent.size()))
                .allMatch(message -> message.contains(person.toString()))
                .extracting(message -> Hl7Message.of(message).controlId())
                .doesNotHaveDuplicates();
        staff().get("/v1/traffic").then().body("lines.source", hasItem("K001"));
        assertThat(K002.received()).noneMatch(message -> message.contains(person.toString()));
    }

    private UUID letter(UUID person) {
        return letters.tell("K001", person);
    }

    @Test
    void connections_are_seen_with_who_speaks() throws Exception {
        try (MllpClient client = region.connect()) {
            client.send(Adt.register("C001", "A28", chart(), "", "轩辕剑", BIRTH, Adt.phone()));
            JsonPath live = Until.good(
                    () -> staff().get("/v1/traffic")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath(),
                    traffic -> traffic.getList("lines.findAll { it.source == 'C001' }")
                                    .size()
                            == 1);
            assertThat(live.getInt("lines.find { it.source == 'C001' }.messages"))
                    .isEqualTo(1);
            assertThat(live.getString("lines.find { it.source == 'C001' }.direction"))
                    .isEqualTo("IN");
            assertThat(live.getString("lines.find { it.source == 'C001' }.failure"))
                    .isNull();
        }
        Until.good(
                () -> staff().get("/v1/traffic")
                        .then()
                        .extract()
                        .jsonPath()
                        .getList("lines.findAll { it.source == 'C001' }"),
                List::isEmpty);
    }
}
