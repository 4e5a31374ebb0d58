package cn.kangka.api.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates of hospitals without a scheduling system, from the request to what can be booked. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ScheduleTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String SUPERVISOR =
            Agent.supervisor("schedule-supervisor").token();

    @Inject
    MovableClock clock;

    @Inject
    ScheduleLayout layout;

    @Inject
    Patients patients;

    private LocalDate monday;
    private Schedules hospital;

    @BeforeEach
    void ten_in_the_morning() {
        LocalDate today = LocalDate.now(ZONE);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        monday = today.plusDays(1).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        hospital = Schedules.fresh()
                .hospital("手排医院")
                .department("DEP", "内科")
                .doctor("D1", "陈甲", "主任医师")
                .doctor("D2", "陈乙", "主任医师")
                .role("D1", "DEP")
                .role("D2", "DEP")
                .say();
        Neighbours.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private Map<String, Object> template() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("hospital", hospital.source()),
                Map.entry("weekday", 1),
                Map.entry("department", "DEP"),
                Map.entry("doctor", "D1"),
                Map.entry("firstBand", "08:30"),
                Map.entry("bandMinutes", 30),
                Map.entry("bands", 4),
                Map.entry("units", 5),
                Map.entry("fee", 20),
                Map.entry("mode", "BOOK"),
                Map.entry("validFrom", LocalDate.now(ZONE).toString())));
    }

    private static Response put(String path, UUID id, Map<String, ?> body) {
        return put(SUPERVISOR, path, id, body);
    }

    private static Response put(String token, String path, UUID id, Map<String, ?> body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .put(path + "/" + id);
    }

    private void exception(Map<String, Object> fields) {
        Map<String, Object> body = new HashMap<>(fields);
        body.put("hospital", hospital.source());
        put("/v1/schedule-exceptions", UUID.randomUUID(), body).then().statusCode(200);
    }

    private LayoutView layOut() {
        return layout.layOut(hospital.source()).await().indefinitely();
    }

    private JsonPath slots(LocalDate day) {
        return given().get("/v1/slots?limit=200&hospital=" + hospital.source() + "&from=" + day + "&to=" + day)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private JsonPath preview() {
        return given().auth()
                .oauth2(SUPERVISOR)
                .get("/v1/schedule-templates/preview?hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void a_template_becomes_sessions_that_can_be_booked_and_again_changes_nothing() {
        UUID id = UUID.randomUUID();
        put("/v1/schedule-templates", id, template())
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("half", equalTo("AM"));
        assertThat(preview().getInt("created")).isEqualTo(6);
        assertThat(slots(monday).getList("items")).isEmpty();

        layout.layOutDue().await().indefinitely();
        JsonPath open = slots(monday);
        assertThat(open.getList("items.start", String.class)).hasSize(4);
        assertThat(open.getString("items[0].doctorName")).isEqualTo("陈甲");
        assertThat(open.getInt("items[0].free")).isPositive();
        assertThat(open.getFloat("items[0].fee")).isEqualTo(20);
        List<String> ids = open.getList("items.id");
        assertThat(layOut().created()).isZero();
        assertThat(slots(monday).getList("items.id")).isEqualTo(ids);
        given().auth()
                .oauth2(SUPERVISOR)
                .get("/v1/schedule-templates?hospital=" + hospital.source())
                .then()
                .body("items.id", equalTo(List.of(id.toString())));
    }

    @Test
    void a_template_of_remote_visits_becomes_remote_sessions_and_stays_so_for_who_does_not_say_it() {
        UUID id = UUID.randomUUID();
        put("/v1/schedule-templates", id, template()).then().statusCode(200).body("modality", equalTo("IN_PERSON"));
        layOut();
        assertThat(slots(monday).getList("items.modality", String.class))
                .containsOnly("IN_PERSON")
                .hasSize(4);

        Map<String, Object> remote = template();
        remote.put("modality", "REMOTE");
        put("/v1/schedule-templates", id, remote).then().statusCode(200).body("modality", equalTo("REMOTE"));
        LayoutView done = layOut();
        // Where one has to go must not change under a booking: it is another session.
        assertThat(done.created()).isEqualTo(done.closed()).isPositive();
        assertThat(slots(monday).getList("items.modality", String.class))
                .containsOnly("REMOTE")
                .hasSize(4);

        Map<String, Object> larger = template();
        larger.put("units", 6);
        put("/v1/schedule-templates", id, larger).then().statusCode(200).body("modality", equalTo("REMOTE"));
        assertThat(layOut().created()).isZero();
        assertThat(slots(monday).getList("items.modality", String.class)).containsOnly("REMOTE");
        given().auth()
                .oauth2(SUPERVISOR)
                .get("/v1/schedule-templates?hospital=" + hospital.source())
                .then()
                .body("items.modality", equalTo(List.of("REMOTE")));
        remote.put("modality", "BY_LETTER");
        put("/v1/schedule-templates", id, remote).then().statusCode(400);
    }

    @Test
    void the_code_of_what_was_laid_out_before_there_were_remote_visits_is_the_same() {
        Template template = new Template(
                UUID.fromString("00000000-0000-7000-8000-000000000001"),
                1,
                "AM",
                "DEP",
                "D1",
                "D1/DEP",
                LocalTime.of(8, 30),
                30,
                4,
                5,
                new BigDecimal("20.00"),
                false,
                false,
                LocalDate.of(2026, 12, 7),
                null);

        CRC32 before = new CRC32();
        before.update("D1/DEP|08:30|30|4|20|false".getBytes(StandardCharsets.UTF_8));
        String code = template.code(LocalDate.of(2026, 12, 7));
        assertThat(code).endsWith("-" + Long.toHexString(before.getValue()));
        assertThat(template.remote(true).code(LocalDate.of(2026, 12, 7))).isNotEqualTo(code);
    }

    @Test
    void holidays_swaps_and_other_doctors_change_single_days() {
        UUID id = UUID.randomUUID();
        put("/v1/schedule-templates", id, template()).then().statusCode(200);
        layOut();
        LocalDate saturday = monday.plusDays(5);
        exception(Map.of("day", monday.toString(), "kind", "CLOSED", "reason", "院庆"));
        exception(Map.of("day", saturday.toString(), "kind", "SWAP", "weekday", 1));
        exception(Map.of("day", monday.plusDays(7).toString(), "kind", "OTHER_DOCTOR", "template", id, "doctor", "D2"));
        LayoutView done = layOut();

        assertThat(done.conflicts()).isEmpty();
        assertThat(slots(monday).getList("items")).isEmpty();
        assertThat(slots(saturday).getList("items")).hasSize(4);
        assertThat(slots(monday.plusDays(7)).getList("items.doctorName", String.class))
                .containsOnly("陈乙")
                .hasSize(4);
        given().auth()
                .oauth2(SUPERVISOR)
                .get("/v1/schedule-exceptions?hospital=" + hospital.source() + "&limit=2")
                .then()
                .body("items", hasSize(2))
                .body("items[0].kind", equalTo("CLOSED"));
    }

    @Test
    void what_people_have_booked_stays_until_it_is_stopped() {
        UUID id = UUID.randomUUID();
        put("/v1/schedule-templates", id, template()).then().statusCode(200);
        layOut();
        String slot = slots(monday).getString("items[0].id");
        given().auth()
                .oauth2(patients.adult().token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/appointments")
                .then()
                .statusCode(201);
        Map<String, Object> later = template();
        later.put("firstBand", "09:00");
        put("/v1/schedule-templates", id, later).then().statusCode(200);

        assertThat(preview().getList("conflicts")).hasSize(1);
        LayoutView done = layOut();
        assertThat(done.conflicts()).hasSize(1);
        assertThat(done.conflicts().get(0).bookings()).isEqualTo(1);
        assertThat(slots(monday).getString("items[0].start")).contains("T08:30");
        assertThat(slots(monday.plusDays(7)).getString("items[0].start")).contains("T09:00");

        given().auth()
                .oauth2(SUPERVISOR)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "hospital", hospital.source(),
                        "from", monday.toString(),
                        "to", monday.toString(),
                        "reason", "改时间"))
                .post("/v1/stops")
                .then()
                .statusCode(201)
                .body("bookings", equalTo(1));
        assertThat(layOut().conflicts()).isEmpty();
        assertThat(slots(monday).getString("items[0].start")).contains("T09:00");
    }

    @Test
    void a_hospital_keeps_its_own_templates_only_and_what_it_published_is_not_doubled() {
        hospital.session("OWN", "D1", "DEP", monday, true)
                .bands("OWN", monday, true, 2, 3)
                .say();
        String own = TestTokens.client("his", "hospital", "", Map.of("source", hospital.source()));
        String other = TestTokens.client("his", "hospital", "", Map.of("source", "H-OTHER"));
        UUID id = UUID.randomUUID();
        Map<String, Object> body = template();
        put(other, "/v1/schedule-templates", id, body).then().statusCode(404);
        body.remove("hospital");
        put(own, "/v1/schedule-templates", id, body).then().statusCode(200);
        assertThat(layOut().conflicts()).extracting(LayoutView.Conflict::reason).containsExactly("PUBLISHED");
        assertThat(slots(monday).getList("items")).hasSize(2);

        given().auth()
                .oauth2(own)
                .header("If-Match", "\"9\"")
                .contentType(ContentType.JSON)
                .body(body)
                .put("/v1/schedule-templates/" + id)
                .then()
                .statusCode(412);
        given().auth().oauth2(own).delete("/v1/schedule-templates/" + id).then().statusCode(204);
        assertThat(layOut().closed()).isPositive();
        assertThat(slots(monday.plusDays(7)).getList("items")).isEmpty();
        assertThat(slots(monday).getList("items")).hasSize(2);
    }

    @Test
    void what_makes_no_sense_is_named() {
        Map<String, Object> body = template();
        body.put("doctor", "D9");
        put("/v1/schedule-templates", UUID.randomUUID(), body)
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("doctor"));
        body = template();
        body.put("bands", 48);
        put("/v1/schedule-templates", UUID.randomUUID(), body)
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("bands"));
        put(
                        "/v1/schedule-exceptions",
                        UUID.randomUUID(),
                        Map.of("hospital", hospital.source(), "day", monday.toString(), "kind", "SWAP"))
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("weekday"));
    }
}
