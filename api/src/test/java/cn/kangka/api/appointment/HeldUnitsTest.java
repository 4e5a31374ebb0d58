package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept while somebody confirms: how others see it, and whose limits are judged when it is taken. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class HeldUnitsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    private LocalDate day;

    @BeforeEach
    void ten_in_the_morning() {
        LocalDate today = LocalDate.now(ZONE);
        day = today.plusDays(3);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private static Response hold(String token, Map<String, ?> body) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(new HashMap<>(body))
                .post("/v1/holds");
    }

    private static Map<String, Object> shown(Schedules hospital, String slot) {
        return given().get("/v1/slots?limit=200&hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("items.find { it.id == '" + slot + "' }");
    }

    @Test
    void a_held_unit_is_shown_as_held_until_it_is_back_or_booked() {
        Schedules hospital = Schedules.fresh().morning(day, 7, 1).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        assertThat(shown(hospital, slots.get(0))).containsEntry("free", 1).doesNotContainKey("held");

        hold(patient.token(), Map.of("slotId", slots.get(0)))
                .then()
                .statusCode(201)
                .body("expiresIn", equalTo(300));
        String second = hold(patient.token(), Map.of("slotId", slots.get(1)))
                .then()
                .extract()
                .path("id");
        assertThat(shown(hospital, slots.get(0))).containsEntry("free", 0).containsEntry("held", 1);
        assertThat(shown(hospital, slots.get(1))).containsEntry("free", 0).containsEntry("held", 1);

        book(patient.token(), UUID.randomUUID().toString(), Map.of("slotId", slots.get(1), "holdId", second))
                .then()
                .statusCode(201);
        assertThat(shown(hospital, slots.get(1))).containsEntry("free", 0).doesNotContainKey("held");
        clock.move(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(shown(hospital, slots.get(0))).containsEntry("free", 1).doesNotContainKey("held");
    }

    @Test
    void what_would_not_come_back_to_the_one_who_looks_is_not_promised() {
        Schedules hospital = Schedules.fresh().morning(day, 7, 1).say();
        List<String> slots = slots(hospital);
        Agent agent = Agent.named("agent-held");
        Patient caller = patients.adult();
        agent.believes(caller.person());

        // The call centre's unit comes back to the call centre.
        hold(agent.token(), Map.of("slotId", slots.get(0), "personId", caller.person()))
                .then()
                .statusCode(201);
        assertThat(shown(hospital, slots.get(0))).containsEntry("free", 0).doesNotContainKey("held");

        // And where somebody waits, it is theirs.
        Schedules small = Schedules.fresh().morning(day, 1, 5).say();
        String only = slots(small).get(0);
        int kept = 0;
        while (hold(patients.adult().token(), Map.of("slotId", only)).statusCode() == 201) {
            kept++;
        }
        assertThat(kept).isPositive();
        assertThat(shown(small, only)).containsEntry("free", 0).containsEntry("held", kept);
        given().auth()
                .oauth2(patients.adult().token())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", only))
                .post("/v1/waiting-entries")
                .then()
                .statusCode(201);
        assertThat(shown(small, only)).containsEntry("free", 0).doesNotContainKey("held");
    }

    @Test
    void nobody_keeps_a_unit_that_they_may_not_book() {
        Schedules hospital = Schedules.fresh().morning(day, 7, 2).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String own = booked(patient, slots.get(0));
        Map<String, Object> wish = Map.of("slotId", slots.get(1));

        refused(hold(patient.token(), wish), "appointment.max-per-department-day")
                .body("liftsAt", notNullValue());
        refused(
                hold(patient.token(), Map.of("slotId", slots.get(1), "checkLimits", false)),
                "appointment.max-per-department-day");
        Map<String, Object> named = Map.of("slotId", slots.get(1), "personId", patient.person());
        Agent agent = Agent.named("agent-judged");
        hold(agent.token(), named).then().statusCode(403);
        agent.believes(patient.person());
        refused(hold(agent.token(), named), "appointment.max-per-department-day");
        hold(agent.token(), wish).then().statusCode(422);
        String bank = TestTokens.client("bank-judged", "partner", "appointments:write", Map.of("channel", "bank"));
        refused(hold(bank, named), "appointment.max-per-department-day");
        assertThat(units(pool, hospital).held()).isZero();

        // Who will show a card code at the booking is not known before; a booking does not count against its own move.
        hold(bank, wish).then().statusCode(201);
        hold(patient.token(), Map.of("slotId", slots.get(1), "appointmentId", own))
                .then()
                .statusCode(201);
        assertThat(units(pool, hospital).held()).isEqualTo(2);
    }

    private static ValidatableResponse refused(Response answer, String rule) {
        return answer.then().statusCode(409).body("rule", equalTo(rule));
    }

    @Test
    void a_hold_for_a_move_is_judged_as_the_move_will_be() {
        Schedules hospital = BookingDesk.departments(day, 2, 2, 5);
        Patient patient = patients.adult();
        List<String> here = slots(hospital, "DEP0");
        List<String> there = slots(hospital, "DEP1");
        String moved = booked(patient, here.get(0));
        String other = booked(patient, there.get(0));

        // There is somebody's other booking: neither by the move nor by its hold.
        refused(
                hold(patient.token(), Map.of("slotId", there.get(1), "appointmentId", moved)),
                "appointment.max-per-department-day");
        hold(patient.token(), Map.of("slotId", here.get(0), "appointmentId", moved))
                .then()
                .statusCode(422);
        hold(patients.adult().token(), Map.of("slotId", here.get(1), "appointmentId", moved))
                .then()
                .statusCode(404);
        hold(patient.token(), Map.of("slotId", here.get(1), "appointmentId", UUID.randomUUID()))
                .then()
                .statusCode(404);
        BookingDesk.cancel(patient.token(), other).then().statusCode(200);
        hold(patient.token(), Map.of("slotId", here.get(1), "appointmentId", other))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/appointment-not-cancellable"));
        assertThat(units(pool, hospital).held()).isZero();
        hold(patient.token(), Map.of("slotId", there.get(1), "appointmentId", moved))
                .then()
                .statusCode(201);
    }

    @Test
    void nobody_keeps_a_second_unit_of_a_session_in_which_they_are_booked_whatever_the_limits_allow() {
        Schedules hospital = Schedules.fresh().morning(day, 2, 5).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String booking = booked(patient, slots.get(0));
        pool.preparedQuery("update appointment set exempt = true, kind = 'FOLLOW_UP' where id = $1")
                .execute(Tuple.of(UUID.fromString(booking)))
                .await()
                .indefinitely();

        refused(hold(patient.token(), Map.of("slotId", slots.get(1))), "appointment.session-booked");
    }

    @Test
    void a_judged_hold_of_somebody_within_their_limits_is_an_ordinary_one() {
        Schedules hospital = Schedules.fresh().morning(day, 7, 1).say();
        String slot = slots(hospital).get(0);
        Patient patient = patients.adult();
        Map<String, Object> wish = Map.of("slotId", slot, "personId", patient.person());

        String hold =
                hold(patient.token(), wish).then().statusCode(201).extract().path("id");
        hold(patients.adult().token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/slot-full"));
        book(patient.token(), UUID.randomUUID().toString(), Map.of("slotId", slot, "holdId", hold))
                .then()
                .statusCode(201);
    }

    @Test
    void limits_of_a_stranger_are_nobodys_business() {
        Schedules hospital = Schedules.fresh().morning(day, 7, 1).say();
        Patient stranger = patients.adult();

        hold(patients.adult().token(), Map.of("slotId", slots(hospital).get(0), "personId", stranger.person()))
                .then()
                .statusCode(404);
        assertThat(units(pool, hospital).held()).isZero();
    }
}
