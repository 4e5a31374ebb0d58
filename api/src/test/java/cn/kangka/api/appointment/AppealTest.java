package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Marks, and appeals against them. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class AppealTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    private LocalDate today;

    @BeforeEach
    void late_in_the_day() {
        today = LocalDate.now(ZONE);
        clock.set(today.atTime(16, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    /** Cancelled after 15:00 the day before. */
    private String lateCancel(Patient patient) {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(1), 1, 5).say();
        String id = booked(patient, slots(hospital).get(0));
        cancel(patient.token(), id).then().statusCode(200);
        return id;
    }

    private static Response appeal(String token, String appointment, String words) {
        Map<String, String> body = new HashMap<>(Map.of("appointment", appointment));
        body.put("words", words);
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/appeals");
    }

    private static Response decide(String token, String appeal, Object granted, String answer) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("granted", granted, "answer", answer))
                .post("/v1/appeals/" + appeal + "/decision");
    }

    private static Response marks(Patient patient) {
        return given().auth().oauth2(patient.token()).get("/v1/me/marks");
    }

    @Test
    void a_granted_appeal_erases_the_mark_and_lifts_the_pause() {
        Patient patient = patients.adult();
        lateCancel(patient);
        lateCancel(patient);
        String third = lateCancel(patient);
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 1, 5).say();
        String slot = slots(hospital).get(0);
        book(patient, slot).then().statusCode(409).body("rule", equalTo("appointment.late-cancel-pause"));
        marks(patient)
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items[0].kind", equalTo("LATE_CANCEL"))
                .body("items[0].appeal", nullValue());

        String appeal = appeal(patient.token(), third, "家人突然住院")
                .then()
                .statusCode(201)
                .body("appeal.status", equalTo("OPEN"))
                .body("appeal.words", equalTo("家人突然住院"))
                .extract()
                .path("appeal.id");
        assertThat(appeal(patient.token(), third, null).jsonPath().getString("appeal.id"))
                .isEqualTo(appeal);
        assertThat(pool.query("select encode(words, 'hex') from appeal where id = '" + appeal + "'")
                        .execute()
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getString(0))
                .isNotEmpty()
                .doesNotContain(
                        java.util.HexFormat.of().formatHex("住院".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        String supervisor = Agent.supervisor("appeal-supervisor").token();
        given().auth()
                .oauth2(supervisor)
                .get("/v1/appeals?limit=200")
                .then()
                .statusCode(200)
                .body("items.find { it.id == '" + appeal + "' }.mark.appeal.words", equalTo("家人突然住院"));
        decide(supervisor, appeal, true, "情况属实").then().statusCode(204);

        marks(patient)
                .then()
                .body("items.find { it.appointment == '" + third + "' }.erased", notNullValue())
                .body("items.find { it.appointment == '" + third + "' }.appeal.status", equalTo("GRANTED"))
                .body("items.find { it.appointment == '" + third + "' }.appeal.answer", equalTo("情况属实"));
        book(patient, slot).then().statusCode(201);
        Eventually.get("the notice", () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked -> asked.body().contains("appeal-decided:" + third))
                .findFirst()
                .orElse(null));
        decide(supervisor, appeal, false, "再看一次")
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/appeal-decided"));
        appeal(patient.token(), third, null).then().statusCode(201).body("appeal.status", equalTo("GRANTED"));
    }

    @Test
    void a_denied_appeal_leaves_the_mark_and_says_why() {
        Patient patient = patients.adult();
        String id = lateCancel(patient);
        String appeal = appeal(patient.token(), id, null)
                .then()
                .statusCode(201)
                .body("appeal.words", nullValue())
                .extract()
                .path("appeal.id");
        decide(Agent.supervisor("appeal-supervisor").token(), appeal, false, "当天已超过截止时间")
                .then()
                .statusCode(204);
        marks(patient).then().body("items[0].erased", nullValue()).body("items[0].appeal.status", equalTo("DENIED"));
        assertThat(pool.query("select count(*) from audit_entry where action = 'appeal.decide' and person = '"
                                + patient.person() + "'")
                        .execute()
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(1);
    }

    @Test
    void only_own_marks_that_count_can_be_appealed_against() {
        Patient patient = patients.adult();
        String id = lateCancel(patient);
        appeal(patients.adult().token(), id, null).then().statusCode(404);
        appeal(patient.token(), UUID.randomUUID().toString(), null).then().statusCode(404);
        Schedules hospital = Schedules.fresh().morning(today.plusDays(4), 1, 5).say();
        String open = booked(patient, slots(hospital).get(0));
        appeal(patient.token(), open, null).then().statusCode(404);
        pool.query("update appointment set mark_erased_at = now() where id = '" + id + "'")
                .execute()
                .await()
                .indefinitely();
        appeal(patient.token(), id, null).then().statusCode(409).body("type", endsWith("/problems/mark-erased"));

        Agent agent = Agent.named("appeal-agent");
        String other = lateCancel(patient);
        appeal(agent.token(), other, null).then().statusCode(403);
        agent.believes(patient.person());
        appeal(agent.token(), other, "来电说明").then().statusCode(201);
        given().auth().oauth2(agent.token()).get("/v1/appeals").then().statusCode(403);
        decide(agent.token(), UUID.randomUUID().toString(), true, "x").then().statusCode(403);
        decide(Agent.supervisor("appeal-supervisor").token(), UUID.randomUUID().toString(), true, "x")
                .then()
                .statusCode(404);
        decide(Agent.supervisor("appeal-supervisor").token(), UUID.randomUUID().toString(), true, " ")
                .then()
                .statusCode(400);
    }

    @Test
    void what_does_not_count_is_no_mark() {
        Patient patient = patients.adult();
        String counts = lateCancel(patient);
        String referred = lateCancel(patient);
        pool.query("update appointment set kind = 'REFERRAL', exempt = true where id = '" + referred + "'")
                .execute()
                .await()
                .indefinitely();

        given().auth()
                .oauth2(patient.token())
                .get("/v1/me/marks")
                .then()
                .statusCode(200)
                .body("items.appointment", contains(counts));
        appeal(patient.token(), referred, null).then().statusCode(404);
    }

    @Test
    void two_working_days_skip_weekends_and_holidays_and_count_worked_weekends() {
        LocalDate friday = LocalDate.of(2027, 1, 1);
        assertThat(new WorkingDays(Set.of(), Set.of()).after(friday, 2)).isEqualTo(LocalDate.of(2027, 1, 5));
        assertThat(new WorkingDays(Set.of(LocalDate.of(2027, 1, 4)), Set.of()).after(friday, 2))
                .isEqualTo(LocalDate.of(2027, 1, 6));
        assertThat(new WorkingDays(Set.of(), Set.of(LocalDate.of(2027, 1, 3))).after(friday, 2))
                .isEqualTo(LocalDate.of(2027, 1, 4));
    }
}
