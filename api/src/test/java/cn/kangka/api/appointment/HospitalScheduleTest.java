package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.linked;
import static cn.kangka.api.appointment.BookingDesk.move;
import static cn.kangka.api.appointment.BookingDesk.read;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static cn.kangka.api.appointment.BookingDesk.visit;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Clinic.Link;
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
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a hospital's schedule (SIU) says of our bookings. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class HospitalScheduleTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    Clinic clinic;

    private LocalDate day;
    private Schedules hospital;
    private Patient patient;
    private UUID identity;
    private String id;

    /** Somebody has booked tomorrow from 8:30 to 9:00, the first of four bands. */
    @BeforeEach
    void a_booking() {
        day = LocalDate.now(ZONE).plusDays(1);
        clock.set(day.minusDays(1).atTime(10, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
        hospital = Schedules.fresh().morning(day, 4, 2).say();
        patient = patients.adult();
        identity = UUID.randomUUID();
        linked(pool, identity, hospital.source(), patient.person());
        id = booked(patient, slots(hospital).get(0));
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(int hour, int minute) {
        clock.set(time(hour, minute).toInstant());
    }

    private OffsetDateTime time(int hour, int minute) {
        return day.atTime(LocalTime.of(hour, minute)).atZone(ZONE).toOffsetDateTime();
    }

    private void says(String source, String status, OffsetDateTime start) {
        JsonObject told = new JsonObject()
                .put("resourceType", "Appointment")
                .put(
                        "identifier",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("system", "urn:kangka:appointment:" + source)
                                        .put("value", "R-1"))
                                .add(new JsonObject()
                                        .put("system", "urn:kangka:appointment")
                                        .put("value", id)))
                .put("status", status);
        if (start != null) {
            told.put("start", start.toString()).put("end", start.plusMinutes(30).toString());
        }
        if (status.equals("cancelled")) {
            told.put("cancelationReason", new JsonObject().put("text", "医生外出"));
        }
        clinic.says(new Link(identity, source, 1), told);
    }

    private void says(String status, OffsetDateTime start) {
        says(hospital.source(), status, start);
    }

    private void is(String status) {
        read(patient.token(), id).then().statusCode(200).body("status", equalTo(status));
    }

    private boolean marked() {
        return pool.query("select missed_at is not null from appointment where id = '" + id + "'")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getBoolean(0);
    }

    private static long told(String key) {
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked -> asked.body().contains(key))
                .count();
    }

    @Test
    void an_appointment_that_stands_there_is_accepted() {
        says("booked", time(8, 40));

        read(patient.token(), id).then().body("status", equalTo("BOOKED")).body("hospitalStatus", equalTo("ACCEPTED"));
        Eventually.isTrue("told", () -> told("booking-accepted:" + id) == 1);
    }

    @Test
    void a_cancel_by_the_hospital_is_its_refusal_and_the_unit_is_blocked() {
        says("booked", time(8, 30));
        says("cancelled", null);
        says("cancelled", null);

        read(patient.token(), id).then().body("status", equalTo("REFUSED")).body("reason", equalTo("医生外出"));
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(8, 0, 0, 1, 1));
        Eventually.isTrue("told", () -> told("booking-refused:" + id) == 1);
        given().auth()
                .oauth2(patient.token())
                .get("/v1/appointments/" + id + "/alternatives")
                .then()
                .body("items", hasSize(3));
    }

    @Test
    void who_moved_and_is_cancelled_there_gets_the_old_time_back() {
        says("booked", time(8, 30));
        String old = id;
        id = move(patient, old, slots(hospital).get(2))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        says("cancelled", null);

        is("REFUSED");
        Row back = pool.preparedQuery("select status, start_at from appointment where moved_from = $1")
                .execute(Tuple.of(UUID.fromString(id)))
                .await()
                .indefinitely()
                .iterator()
                .next();
        assertThat(back.getString(0)).isEqualTo("BOOKED");
        assertThat(back.getOffsetDateTime(1).isEqual(time(8, 30))).isTrue();
    }

    @Test
    void a_no_show_is_a_mark_once_the_band_has_begun_and_an_arrival_takes_it_away() {
        at(8, 29);
        says("noshow", time(8, 30));
        is("BOOKED");
        at(9, 1);
        says("noshow", time(8, 30));
        says("noshow", time(8, 30));
        is("MISSED");
        assertThat(marked()).isTrue();

        visit(identity, hospital.source(), "ARRIVED", time(8, 50));
        is("CHECKED_IN");
        assertThat(marked()).isFalse();
        says("noshow", time(8, 30));
        is("CHECKED_IN");
        assertThat(units(pool, hospital).used()).isEqualTo(1);
    }

    @Test
    void a_cancel_or_no_show_after_arrival_or_completion_changes_nothing() {
        at(8, 20);
        visit(identity, hospital.source(), "ARRIVED", time(8, 20));
        says("cancelled", null);
        is("CHECKED_IN");
        says("fulfilled", time(8, 30));
        is("COMPLETED");
        says("cancelled", null);
        says("noshow", time(8, 30));
        says("booked", time(10, 0));
        is("COMPLETED");
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(8, 1, 0, 0, 1));
    }

    @Test
    void a_cancel_of_somebody_who_was_missed_takes_no_mark_away() {
        at(9, 1);
        says("noshow", time(8, 30));
        says("cancelled", null);
        is("MISSED");
        assertThat(marked()).isTrue();
    }

    @Test
    void a_time_of_the_same_session_moves_the_booking_there_and_cancelling_it_is_never_late() {
        String other = slots(hospital).get(2);

        says("booked", time(9, 40));
        says("booked", time(9, 40));

        read(patient.token(), id)
                .then()
                .body("status", equalTo("BOOKED"))
                .body("hospitalStatus", equalTo("ACCEPTED"))
                .body("slotId", equalTo(other))
                .body("start", startsWith(day + "T09:30"))
                .body("hospitalStart", nullValue());
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(8, 1, 0, 0, 1));
        Eventually.isTrue("told", () -> told("booking-changed:" + id) == 1);
        at(7, 0);
        cancel(patient.token(), id).then().statusCode(200);
        assertThat(late()).isFalse();
    }

    private boolean late() {
        return pool.query("select late_cancel from appointment where id = '" + id + "'")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getBoolean(0);
    }

    @Test
    void a_time_that_is_none_of_ours_is_shown_to_person_and_agent_until_it_is_settled() {
        says("booked", time(8, 30));
        says("booked", time(15, 0));
        says("booked", time(15, 0));

        read(patient.token(), id)
                .then()
                .body("status", equalTo("BOOKED"))
                .body("start", startsWith(day + "T08:30"))
                .body("hospitalStart", startsWith(day + "T15:00"));
        Eventually.isTrue("told", () -> told("booking-changed:" + id) == 1);
        assertThat(unanswered()).contains(id);

        says("booked", time(8, 30));
        read(patient.token(), id).then().body("hospitalStart", nullValue());
        assertThat(unanswered()).doesNotContain(id);
    }

    /** The agents' list, all pages of it. */
    private static List<String> unanswered() {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = given().auth()
                    .oauth2(TestTokens.staff("agent-wu", "agent"))
                    .get("/v1/appointments?pendingMinutes=0&limit=200" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("items.id", String.class));
            cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
        }
        return ids;
    }

    @Test
    void a_full_band_is_no_place_to_move_to() {
        booked(patients.adult(), slots(hospital).get(1));
        booked(patients.adult(), slots(hospital).get(1));

        says("booked", time(9, 0));

        read(patient.token(), id)
                .then()
                .body("start", startsWith(day + "T08:30"))
                .body("hospitalStart", startsWith(day + "T09:00"));
        assertThat(units(pool, hospital).used()).isEqualTo(3);
    }

    @Test
    void another_hospital_says_nothing_of_it_and_what_hospitals_book_themselves_is_passed_over() {
        says("H998", "cancelled", null);
        is("BOOKED");
        clinic.says(
                new Link(identity, hospital.source(), 1),
                new JsonObject()
                        .put("resourceType", "Appointment")
                        .put(
                                "identifier",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("system", "urn:kangka:appointment:" + hospital.source())
                                                .put("value", id)))
                        .put("status", "cancelled"));
        is("BOOKED");
        says("pending", time(8, 30));
        is("BOOKED");
    }

    @Test
    void a_hospital_may_quote_its_own_number_only() {
        says("booked", time(8, 30));
        clinic.says(
                new Link(identity, hospital.source(), 1),
                new JsonObject()
                        .put("resourceType", "Appointment")
                        .put(
                                "identifier",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("system", "urn:kangka:appointment:" + hospital.source())
                                                .put("value", "R-1")))
                        .put("status", "cancelled"));
        is("REFUSED");
    }

    @Test
    void what_was_refused_and_stands_there_after_all_is_withdrawn_once() {
        says("cancelled", null);
        says("booked", time(8, 30));
        says("booked", time(9, 30));

        is("REFUSED");
        Eventually.isTrue("the hospital is told to drop it", () -> cancels() == 1);
    }

    private long cancels() {
        return Neighbours.orders(id).stream().filter("CANCEL"::equals).count();
    }
}
