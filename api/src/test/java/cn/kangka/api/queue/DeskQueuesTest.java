package cn.kangka.api.queue;

import static cn.kangka.api.queue.QueueDesk.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Plans;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody at a clinic's desk finds the day's queues, and runs those of their own institution. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class DeskQueuesTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    Clinic clinic;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private LocalDate day;
    private Schedules hospital;
    private QueueDesk desk;
    private String clerk;

    @BeforeEach
    void the_day_before() {
        day = LocalDate.now(ZONE).plusDays(1);
        at(day.minusDays(1), 10);
        Neighbours.ordersAreTaken();
        hospital = Schedules.fresh().morning(day, 2, 5).say();
        desk = new QueueDesk(pool, hospital);
        clerk = "clerk-" + hospital.source();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(LocalDate date, int hour) {
        clock.set(date.atTime(LocalTime.of(hour, 0)).atZone(ZONE).toInstant());
    }

    private RequestSpecification clerk() {
        return as(TestTokens.clerk(clerk, hospital.source()));
    }

    private void afternoonToo() {
        hospital.session("S2", "D1", "CARD", day, false)
                .bands("S2", day, false, 2, 5)
                .say();
    }

    private RequestSpecification calling(String room) {
        return clerk().header("Idempotency-Key", UUID.randomUUID().toString()).body(Map.of("room", room));
    }

    @Test
    void a_day_tells_how_many_wait_and_who_is_called_by_number_only() {
        List<Patient> people = patients.adults(3);
        List<String> ids = people.stream().map(each -> desk.booked(each, 0)).toList();
        at(day, 8);
        for (int i = 0; i < 2; i++) {
            desk.checkIn(people.get(i), ids.get(i)).then().statusCode(200);
        }
        clerk().get("/v1/queues")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].session", equalTo(desk.session().toString()))
                .body("items[0].departmentName", equalTo("心血管内科"))
                .body("items[0].doctorName", equalTo("王建国"))
                .body("items[0].half", equalTo("AM"))
                .body("items[0].waiting", equalTo(2))
                .body("items[0].expected", equalTo(1))
                .body("items[0].called", empty());

        calling("3").post("/v1/queues/" + desk.session() + "/next").then().statusCode(200);
        clerk().get("/v1/queues?date=" + day + "&hospital=" + hospital.source())
                .then()
                .body("items[0].waiting", equalTo(1))
                .body("items[0].called.number", contains("A01"))
                .body("items[0].called[0].room", equalTo("3"))
                .body("items[0].called[0].appointment", equalTo(ids.get(0)))
                .body("items[0].open", equalTo(true));
        clerk().get("/v1/queues?date=" + day.plusDays(1)).then().body("items", empty());
    }

    @Test
    void pages_follow_each_other_mornings_first() {
        afternoonToo();
        List<String> halves = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page = clerk().queryParam("date", day.toString())
                    .queryParam("limit", 1)
                    .queryParam("cursor", next)
                    .get("/v1/queues")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(page.getList("items").size()).isLessThanOrEqualTo(1);
            halves.addAll(page.getList("items.half", String.class));
            next = page.getString("next");
        }

        assertThat(halves).containsExactly("AM", "PM");
        clerk().get("/v1/queues?cursor=rubbish").then().statusCode(422);
    }

    @Test
    void a_session_that_was_stopped_is_shown_as_such_and_one_that_nobody_booked_and_was_closed_is_not() {
        afternoonToo();
        pool.preparedQuery("update slot set status = 'CLOSED' where hospital = $1 and code like 'S2-%'")
                .execute(Tuple.of(hospital.source()))
                .await()
                .indefinitely();
        desk.booked(patients.adult(), 0);
        QueueDesk.stop(hospital, day).then().statusCode(201);

        clerk().get("/v1/queues?date=" + day)
                .then()
                .body("items.half", contains("AM"))
                .body("items[0].open", equalTo(false))
                .body("items[0].expected", equalTo(0));
    }

    @Test
    void others_have_no_such_queues() {
        String other = Schedules.fresh().morning(day, 1, 1).say().source();
        String stranger = "clerk-" + other;
        String token = TestTokens.clerk(stranger, other);
        UUID session = desk.session();

        clerk().get("/v1/queues?hospital=" + other).then().statusCode(404);
        as(token).get("/v1/queues?date=" + day).then().body("items.session", not(contains(session.toString())));
        as(token)
                .header("Idempotency-Key", "k")
                .body(Map.of("room", "1"))
                .post("/v1/queues/" + session + "/next")
                .then()
                .statusCode(404);
        as(token)
                .body(Map.of("appointment", UUID.randomUUID()))
                .post("/v1/queues/" + session + "/done")
                .then()
                .statusCode(404);
        UUID department = clinic.rows("select id from department where hospital = $1", Tuple.of(hospital.source()))
                .get(0)
                .getUUID(0);
        as(token).get("/v1/check-in-places/" + department + "/code").then().statusCode(404);
        as(TestTokens.staff("super-qian", "supervisor"))
                .get("/v1/queues")
                .then()
                .statusCode(422);
        as(TestTokens.staff("super-qian", "supervisor"))
                .get("/v1/queues?hospital=" + other + "&date=" + day)
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        assertThat(clinic.rows(
                        "select action from audit_entry where actor = $1 and outcome = 'DENIED'", Tuple.of(stranger)))
                .hasSize(3);
    }

    @Test
    void whom_a_clerk_calls_and_completes_is_audited_under_their_name() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        at(day, 8);
        desk.checkIn(patient, id).then().statusCode(200);
        String queue = "/v1/queues/" + desk.session();

        calling("2").post(queue + "/next").then().statusCode(200).body("called.appointment", equalTo(id));
        clerk().body(Map.of("appointment", id)).post(queue + "/passed").then().statusCode(200);
        clerk().body(Map.of("appointment", id)).post(queue + "/done").then().statusCode(200);

        assertThat(clinic
                        .rows(
                                "select action from audit_entry where actor_kind = 'CLERK' and actor = $1 and person = $2"
                                        + " and object = $3 order by at",
                                Tuple.of(clerk, patient.person(), id))
                        .stream()
                        .map(row -> row.getString(0)))
                .containsExactly("queue.next", "queue.passed", "queue.done");
        assertThat(desk.status(id)).isEqualTo("COMPLETED");
    }

    @Test
    void the_code_on_the_wall_leads_to_the_app_and_checks_in() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        at(day, 8);
        UUID department = clinic.rows("select id from department where hospital = $1", Tuple.of(hospital.source()))
                .get(0)
                .getUUID(0);
        JsonPath shown = clerk().get("/v1/check-in-places/" + department + "/code")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(shown.getString("url"))
                .matches("https?://[^/]+/check-in/\\d{6}")
                .endsWith(shown.getString("path"));
        QueueDesk.checkIn(patient.token(), id, shown.getString("url").replaceAll(".*/", ""))
                .then()
                .statusCode(200);
    }

    @Test
    void somebody_is_checked_in_at_the_desk_by_booking() {
        String id = desk.booked(patients.adult(), 0);
        at(day, 8);

        clerk().body(Map.of("appointmentId", id))
                .post("/v1/check-ins")
                .then()
                .statusCode(200)
                .body("number", equalTo("A01"))
                .body("room", nullValue());
    }

    @Test
    void a_day_of_a_large_region_is_read_by_indexes() throws SQLException {
        String sessions = Plans.explain(
                url,
                password,
                DeskQueueStore.SESSIONS,
                List.of("'{PLAN7}'", "(current_date + 1)", "''", "'00000000-0000-0000-0000-000000000000'", "21"));
        String called = Plans.explain(
                url, password, DeskQueueStore.CALLED, List.of("'{00000000-0000-0000-0000-000000000000}'"));

        assertThat(sessions)
                .contains("ix_clinic_session_hospital", "ix_slot_session")
                .doesNotContain("Seq Scan on clinic_session")
                .doesNotContain("Seq Scan on slot")
                .doesNotContain("Seq Scan on queue_ticket")
                .doesNotContain("Seq Scan on appointment");
        assertThat(called).doesNotContain("Seq Scan on queue_ticket");
    }
}
