package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

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
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A unit that was given up too late, for which only somebody of another channel waits, is theirs when it flows back. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ForgivenLaterTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    AppointmentJobs jobs;

    private final Agent agent = Agent.named("forgiving-agent");
    private LocalDate eve;
    private String slot;

    /** Two units are the app's, one the call centre's, one a bank's. */
    @BeforeEach
    void after_the_deadline() {
        LocalDate day = LocalDate.now(ZONE).plusDays(3);
        eve = day.minusDays(1);
        at(15, 30);
        Neighbours.NOTIFICATION.reset();
        BookingDesk.ordersAreTaken();
        slot = slots(Schedules.fresh().morning(day, 1, 5).say()).get(0);
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(int hour, int minute) {
        clock.set(eve.atTime(hour, minute).atZone(ZONE).toInstant());
    }

    private Patient caller() {
        Patient caller = patients.adult();
        agent.believes(caller.person());
        return caller;
    }

    /** The unit that is the call centre's. */
    private void somebodyBooksByPhone() {
        agent.book(slot, caller().person()).then().statusCode(201);
    }

    /** Waits for a unit of the call centre. */
    private Patient waits() {
        Patient caller = caller();
        given().auth()
                .oauth2(agent.token())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot, "personId", caller.person().toString()))
                .post("/v1/waiting-entries")
                .then()
                .statusCode(201)
                .body("status", equalTo("WAITING"));
        return caller;
    }

    private static String status(Patient patient) {
        return given().auth()
                .oauth2(patient.token())
                .get("/v1/me/waiting-entries")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].status");
    }

    private void flowsBack() {
        at(18, 0);
        jobs.sweepWaiting().await().indefinitely();
    }

    private boolean marked(String appointment) {
        return pool.preparedQuery("select late_cancel and mark_erased_at is null from appointment where id = $1")
                .execute(Tuple.of(UUID.fromString(appointment)))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getBoolean(0);
    }

    private void takes(Patient patient) {
        assertThat(status(patient)).isEqualTo("OFFERED");
        booked(patient, slot);
        jobs.tellWaiting().await().indefinitely();
    }

    private static void told(String appointment) {
        Eventually.isTrue("told", () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .anyMatch(asked -> asked.body().contains("mark-erased:" + appointment)));
    }

    @Test
    void a_late_cancel_is_forgiven_by_who_is_offered_its_unit_when_it_flows_back() {
        Patient late = patients.adult();
        String given = booked(late, slot);
        somebodyBooksByPhone();
        Patient waiting = waits();
        at(16, 0);
        cancel(late.token(), given).then().statusCode(200);
        jobs.sweepWaiting().await().indefinitely();
        assertThat(status(waiting)).as("of another channel").isEqualTo("WAITING");
        assertThat(marked(given)).isTrue();

        flowsBack();
        assertThat(marked(given)).as("nobody has taken it yet").isTrue();
        takes(waiting);

        assertThat(marked(given)).isFalse();
        told(given);
    }

    @Test
    void a_late_cancel_whose_unit_somebody_else_took_is_not_forgiven() {
        Patient late = patients.adult();
        String given = booked(late, slot);
        booked(patients.adult(), slot);
        somebodyBooksByPhone();
        Patient waiting = waits();
        at(16, 0);
        cancel(late.token(), given).then().statusCode(200);
        at(16, 10);
        booked(patients.adult(), slot);

        flowsBack();
        takes(waiting);

        assertThat(marked(given)).as("what flowed back was the bank's").isTrue();
    }

    @Test
    void of_two_late_cancels_as_many_are_forgiven_as_units_are_taken() {
        List<Patient> late = patients.adults(2);
        List<String> given = late.stream().map(each -> booked(each, slot)).toList();
        somebodyBooksByPhone();
        Patient first = waits();
        Patient second = waits();
        for (int i = 0; i < 2; i++) {
            at(16, i);
            cancel(late.get(i).token(), given.get(i)).then().statusCode(200);
        }

        flowsBack();
        takes(first);
        assertThat(marked(given.get(1))).as("the newest").isFalse();
        assertThat(marked(given.get(0))).isTrue();
        takes(second);

        assertThat(marked(given.get(0))).isFalse();
    }
}
