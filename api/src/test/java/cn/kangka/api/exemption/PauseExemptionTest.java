package cn.kangka.api.exemption;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.appointment.BookingDesk;
import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.Events;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Adults who lack capacity are marked by a supervisor, and then no mark pauses them. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class PauseExemptionTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String PAUSE = "appointment.late-cancel-pause";
    private static final String NEVER = "items.find { it.rule == '" + PAUSE + "' }.never";

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    private LocalDate today;
    private Agent supervisor;

    @BeforeEach
    void late_in_the_day() {
        today = LocalDate.now(ZONE);
        clock.set(today.atTime(16, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
        supervisor = Agent.supervisor("exemptions-" + UUID.randomUUID());
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private String slot(int daysAhead) {
        return given().get("/v1/slots?limit=200&hospital="
                        + Schedules.fresh()
                                .morning(today.plusDays(daysAhead), 1, 5)
                                .say()
                                .source())
                .path("items[0].id");
    }

    /** Three late cancels. */
    private Patient paused() {
        Patient patient = patients.adult();
        for (int i = 0; i < 3; i++) {
            String id = BookingDesk.book(patient, slot(1))
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            BookingDesk.cancel(patient.token(), id).then().statusCode(200);
        }
        BookingDesk.book(patient, slot(3)).then().statusCode(409).body("rule", equalTo(PAUSE));
        return patient;
    }

    private static String path(UUID person) {
        return "/v1/persons/" + person + "/pause-exemption";
    }

    private Response set(Agent by, UUID person, String basis) {
        return by.call().body(Map.of("basis", basis)).put(path(person));
    }

    private static Response limits(Patient patient) {
        return given().auth().oauth2(patient.token()).get("/v1/me/booking-limits");
    }

    private List<String> told(UUID person) {
        return pool
                .query("select action || coalesce(' ' || reason, '') from audit_entry where person = '" + person
                        + "' and action like 'pause-exemption.%' and outcome = 'ALLOWED' order by at, id")
                .execute()
                .await()
                .indefinitely()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void who_was_exempted_books_in_spite_of_marks_until_it_is_ended() {
        Patient patient = paused();
        limits(patient).then().body(NEVER, nullValue());
        supervisor.believes(patient.person());
        supervisor.call().get(path(patient.person())).then().statusCode(200).body("exempt", equalTo(false));

        set(supervisor, patient.person(), "DISABILITY_CERTIFICATE")
                .then()
                .statusCode(200)
                .body("exempt", equalTo(true))
                .body("basis", equalTo("DISABILITY_CERTIFICATE"))
                .body("since", notNullValue());
        limits(patient)
                .then()
                .body(NEVER, equalTo(true))
                .body("items.find { it.rule == '" + PAUSE + "' }.count", equalTo(3))
                .body("items.find { it.rule == '" + PAUSE + "' }.stops", equalTo(false))
                .body("items.find { it.rule == 'appointment.max-per-7-days' }.never", nullValue());
        BookingDesk.book(patient, slot(3)).then().statusCode(201);

        supervisor.call().delete(path(patient.person())).then().statusCode(204);
        supervisor.call().delete(path(patient.person())).then().statusCode(204);
        BookingDesk.book(patient, slot(4)).then().statusCode(409).body("rule", equalTo(PAUSE));
        assertThat(told(patient.person()))
                .containsExactly(
                        "pause-exemption.read", "pause-exemption.set DISABILITY_CERTIFICATE", "pause-exemption.end");
    }

    @Test
    void the_same_again_changes_nothing_and_another_basis_replaces_it() {
        Patient patient = patients.adult();
        supervisor.believes(patient.person());
        String since = set(supervisor, patient.person(), "MEDICAL_CERTIFICATE").path("since");
        clock.set(today.atTime(16, 1).atZone(ZONE).toInstant());
        set(supervisor, patient.person(), "MEDICAL_CERTIFICATE").then().body("since", equalTo(since));
        set(supervisor, patient.person(), "COURT_RULING").then().body("basis", equalTo("COURT_RULING"));
        assertThat(told(patient.person()))
                .containsExactly("pause-exemption.set MEDICAL_CERTIFICATE", "pause-exemption.set COURT_RULING");
    }

    @Test
    void only_a_supervisor_who_checked_the_caller_sets_it() {
        Patient patient = patients.adult();
        Agent agent = Agent.named("exempting-" + UUID.randomUUID());
        set(supervisor, patient.person(), "COURT_RULING").then().statusCode(403);
        supervisor.call().delete(path(patient.person())).then().statusCode(403);
        agent.call().get(path(patient.person())).then().statusCode(403);
        agent.believes(patient.person());
        agent.call().get(path(patient.person())).then().statusCode(200);
        set(agent, patient.person(), "COURT_RULING").then().statusCode(403);
        agent.call().delete(path(patient.person())).then().statusCode(403);
        supervisor.believes(patient.person());
        supervisor
                .call()
                .body("{}")
                .put(path(patient.person()))
                .then()
                .statusCode(400)
                .body("violations[0].field", containsString("basis"));
        supervisor
                .call()
                .body(Map.of("basis", "BECAUSE"))
                .put(path(patient.person()))
                .then()
                .statusCode(400)
                .body("field", containsString("basis"));
        UUID nobody = UUID.randomUUID();
        supervisor.believes(nobody);
        set(supervisor, nobody, "COURT_RULING").then().statusCode(404);
        assertThat(told(patient.person())).containsExactly("pause-exemption.read");
    }

    @Test
    void whoever_was_merged_into_somebody_exempts_them_as_long_as_the_merge_stands() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        Patient third = paused();
        Events.send(Events.person(first, 1, Map.of()), Events.person(second, 1, Map.of()));
        supervisor.believes(first);
        set(supervisor, first, "COURT_RULING").then().statusCode(200);

        Events.send(Events.mergedInto(first, 2, second));
        Events.send(Events.mergedInto(second, 2, third.person()));
        limits(third).then().body(NEVER, equalTo(true));
        supervisor.believes(third.person());
        supervisor.call().get(path(third.person())).then().body("basis", equalTo("COURT_RULING"));

        // The earlier merge is undone, the later one stands.
        Events.send(Events.person(first, 3, Map.of()));
        limits(third).then().body(NEVER, nullValue());
        BookingDesk.book(third, slot(3)).then().statusCode(409).body("rule", equalTo(PAUSE));
        supervisor.believes(first);
        supervisor.call().get(path(first)).then().body("exempt", equalTo(true));
    }

    @Test
    void ending_it_for_the_survivor_ends_what_was_set_for_who_was_merged() {
        UUID loser = UUID.randomUUID();
        Patient survivor = paused();
        Events.send(Events.person(loser, 1, Map.of()));
        supervisor.believes(loser);
        set(supervisor, loser, "COURT_RULING").then().statusCode(200);
        Events.send(Events.mergedInto(loser, 2, survivor.person()));
        supervisor.believes(survivor.person());
        supervisor.call().delete(path(survivor.person())).then().statusCode(204);
        limits(survivor).then().body(NEVER, nullValue());
        BookingDesk.book(survivor, slot(3)).then().statusCode(409).body("rule", equalTo(PAUSE));
    }

    @Test
    void minors_need_none() {
        given().auth()
                .oauth2(patients.child().token())
                .get("/v1/me/booking-limits")
                .then()
                .body(NEVER, equalTo(true));
    }
}
