package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.answer;
import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.free;
import static cn.kangka.api.appointment.BookingDesk.linked;
import static cn.kangka.api.appointment.BookingDesk.merge;
import static cn.kangka.api.appointment.BookingDesk.read;
import static cn.kangka.api.appointment.BookingDesk.revive;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static cn.kangka.api.appointment.BookingDesk.visit;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class HospitalWordTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    AppointmentJobs jobs;

    private LocalDate today;
    private Patient patient;

    @BeforeEach
    void ten_in_the_morning() {
        today = LocalDate.now(ZONE);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        patient = patients.adult();
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private Schedules hospital() {
        return Schedules.fresh().morning(today.plusDays(3), 7, 1).say();
    }

    @Test
    void an_accepted_booking_says_so() {
        String id = booked(patient, slots(hospital()).get(0));

        answer(id, "ACCEPTED");
        answer(id, "ACCEPTED");

        read(patient.token(), id).then().body("status", equalTo("BOOKED")).body("hospitalStatus", equalTo("ACCEPTED"));
        told("booking-accepted:" + id);
    }

    @Test
    void a_refused_booking_blocks_its_unit_and_offers_others() {
        Schedules hospital = hospital();
        String slot = slots(hospital).get(0);
        String id = booked(patient, slot);

        answer(id, "REFUSED");

        read(patient.token(), id)
                .then()
                .body("status", equalTo("REFUSED"))
                .body("hospitalStatus", equalTo("REFUSED"))
                .body("reason", equalTo("医生停诊"));
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(7, 0, 0, 1, 1));
        assertThat(free(slot, hospital, null)).isZero();
        told("booking-refused:" + id);
        cancel(patient.token(), id).then().statusCode(409);
        String alternative = given().auth()
                .oauth2(patient.token())
                .get("/v1/appointments/" + id + "/alternatives")
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .extract()
                .path("items[0].id");
        booked(patient, alternative);
    }

    @Test
    void an_answer_to_a_cancelled_booking_changes_nothing() {
        Schedules hospital = hospital();
        String id = booked(patient, slots(hospital).get(0));
        cancel(patient.token(), id).then().statusCode(200);

        answer(id, "ACCEPTED");
        answer(id, "REFUSED");

        read(patient.token(), id).then().body("status", equalTo("CANCELLED"));
        assertThat(units(pool, hospital).taken()).isZero();
    }

    @Test
    void a_refusal_that_is_taken_back_is_withdrawn_once() {
        String id = booked(patient, slots(hospital()).get(0));
        answer(id, "REFUSED");

        answer(id, "ACCEPTED");
        answer(id, "ACCEPTED");

        read(patient.token(), id).then().body("status", equalTo("REFUSED"));
        Eventually.isTrue("the hospital is told to drop it", () -> cancels(id) == 1);
        assertThat(cancels(id)).isEqualTo(1);
    }

    private static long cancels(String id) {
        return Neighbours.orders(id).stream().filter("CANCEL"::equals).count();
    }

    @Test
    void whoever_arrives_is_checked_in_and_whoever_was_seen_is_done() {
        Schedules hospital = hospital();
        UUID identity = UUID.randomUUID();
        linked(pool, identity, hospital.source(), patient.person());
        String id = booked(patient, slots(hospital).get(0));
        OffsetDateTime arrival = today.plusDays(3).atTime(8, 20).atZone(ZONE).toOffsetDateTime();

        visit(identity, "H999", "ARRIVED", arrival);
        visit(identity, hospital.source(), "ARRIVED", arrival.plusDays(1));
        read(patient.token(), id).then().body("status", equalTo("BOOKED"));
        visit(identity, hospital.source(), "ARRIVED", arrival);
        read(patient.token(), id).then().body("status", equalTo("CHECKED_IN"));
        cancel(patient.token(), id).then().statusCode(409);
        visit(identity, hospital.source(), "DISCHARGED", arrival.plusHours(1));
        read(patient.token(), id).then().body("status", equalTo("COMPLETED"));
    }

    @Test
    void who_missed_a_clinic_that_was_stopped_arrives_for_the_booking_that_stands() {
        LocalDate day = today.plusDays(3);
        Schedules hospital = Schedules.fresh()
                .morning(day, 1, 3)
                .department("GI", "消化内科")
                .doctor("D2", "李明", "主治医师")
                .role("D2", "GI")
                .session("S2", "D2", "GI", day, true)
                .band("S2", day, LocalTime.of(9, 0), 3)
                .say();
        UUID identity = UUID.randomUUID();
        linked(pool, identity, hospital.source(), patient.person());
        String missed = booked(patient, slots(hospital).get(0));
        String stands = booked(patient, slots(hospital).get(1));
        pool.query("update appointment set status = 'MISSED', missed_at = now() where id = '" + missed + "'")
                .execute()
                .chain(() -> pool.query("update clinic_session set status = 'STOPPED' where id ="
                                + " (select session_id from appointment where id = '" + missed + "')")
                        .execute())
                .await()
                .indefinitely();

        visit(
                identity,
                hospital.source(),
                "ARRIVED",
                day.atTime(8, 40).atZone(ZONE).toOffsetDateTime());

        read(patient.token(), stands).then().body("status", equalTo("CHECKED_IN"));
        read(patient.token(), missed).then().body("status", equalTo("MISSED"));
    }

    @Test
    void whoever_does_not_come_has_missed_it_and_gets_a_mark_where_arrivals_are_reported() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 3).say();
        Patient other = patients.adult();
        UUID identity = UUID.randomUUID();
        linked(pool, identity, hospital.source(), other.person());
        String missed = booked(patient, slots(hospital).get(0));
        String kept = booked(other, slots(hospital).get(0));
        visit(
                identity,
                hospital.source(),
                "ARRIVED",
                today.plusDays(3).atTime(8, 20).atZone(ZONE).toOffsetDateTime());
        Schedules silent = hospital();
        String unknown = booked(other, slots(silent).get(0));

        clock.move(Duration.ofDays(4));
        jobs.missed().await().indefinitely();

        read(patient.token(), missed).then().body("status", equalTo("MISSED"));
        read(other.token(), kept).then().body("status", equalTo("CHECKED_IN"));
        read(other.token(), unknown).then().body("status", equalTo("MISSED"));
        assertThat(marks(missed)).isTrue();
        assertThat(marks(unknown)).isFalse();
    }

    private boolean marks(String appointment) {
        return pool.query("select missed_at is not null from appointment where id = '" + appointment + "'")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getBoolean(0);
    }

    @Test
    void a_merge_moves_bookings_and_ends_the_later_of_two_in_one_session() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(3), 7, 3).say();
        Schedules elsewhere = hospital();
        Patient survivor = patients.adult();
        String first = booked(survivor, slots(hospital).get(0));
        clock.move(Duration.ofSeconds(1));
        String second = booked(patient, slots(hospital).get(1));
        String moved = booked(patient, slots(elsewhere).get(0));

        merge(patient.person(), survivor.person());

        read(survivor.token(), first).then().statusCode(200).body("status", equalTo("BOOKED"));
        read(survivor.token(), second).then().statusCode(200).body("status", equalTo("CANCELLED"));
        read(survivor.token(), moved).then().statusCode(200).body("status", equalTo("BOOKED"));
        assertThat(units(pool, hospital).used()).isEqualTo(1);
        String bank = TestTokens.client("bank-9", "partner", "appointments:write", java.util.Map.of("channel", "bank"));
        book(
                        bank,
                        UUID.randomUUID().toString(),
                        java.util.Map.of(
                                "slotId",
                                slots(hospital).get(2),
                                "personId",
                                patient.person().toString()))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-department-day"));
    }

    @Test
    void a_merge_that_is_undone_gives_bookings_back() {
        Schedules hospital = hospital();
        Patient survivor = patients.adult();
        String own = booked(survivor, slots(hospital).get(0));
        String moved = booked(patient, slots(hospital()).get(0));
        merge(patient.person(), survivor.person());
        read(survivor.token(), moved).then().statusCode(200);

        revive(patient.person());

        read(patient.token(), moved).then().statusCode(200).body("status", equalTo("BOOKED"));
        read(survivor.token(), moved).then().statusCode(404);
        read(survivor.token(), own).then().statusCode(200);
    }

    @Test
    void what_no_hospital_answers_is_on_the_agents_list() {
        String id = booked(patient, slots(hospital()).get(0));
        clock.move(Duration.ofMinutes(11));

        given().auth()
                .oauth2(TestTokens.staff("agent-wu", "agent"))
                .get("/v1/appointments?pendingMinutes=10&limit=200")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id));
    }

    private static void told(String key) {
        Eventually.isTrue("told " + key, () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .anyMatch(asked -> asked.body().contains(key)));
    }
}
