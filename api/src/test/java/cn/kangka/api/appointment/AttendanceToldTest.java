package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.linked;
import static cn.kangka.api.appointment.BookingDesk.read;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.visit;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

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
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hospitals are told who came and who did not, when we say it and not they. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class AttendanceToldTest {
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

    /** Somebody has booked tomorrow from 8:30 to 9:00. */
    @BeforeEach
    void a_booking() {
        day = LocalDate.now(ZONE).plusDays(1);
        clock.set(day.minusDays(1).atTime(10, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
        hospital = Schedules.fresh().morning(day, 4, 5).say();
        patient = patients.adult();
        identity = known(patient);
        id = booked(patient, slots(hospital).get(0));
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private UUID known(Patient somebody) {
        UUID identity = UUID.randomUUID();
        linked(pool, identity, hospital.source(), somebody.person());
        return identity;
    }

    private OffsetDateTime at(int days, int hour, int minute) {
        OffsetDateTime time = day.plusDays(days)
                .atTime(LocalTime.of(hour, minute))
                .atZone(ZONE)
                .toOffsetDateTime();
        clock.set(time.toInstant());
        return time;
    }

    private ValidatableResponse checkIn() {
        String source = hospital.source();
        return given().auth()
                .oauth2(TestTokens.client("terminal-" + source, "terminal", "", Map.of("source", source)))
                .contentType(ContentType.JSON)
                .body(Map.of("appointmentId", id))
                .post("/v1/check-ins")
                .then();
    }

    private void says(String status) {
        says(status, day.atTime(8, 30).atZone(ZONE).toOffsetDateTime());
    }

    private void says(String status, OffsetDateTime start) {
        clinic.says(
                new Link(identity, hospital.source(), 1),
                new JsonObject()
                        .put("resourceType", "Appointment")
                        .put(
                                "identifier",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("system", "urn:kangka:appointment")
                                                .put("value", id)))
                        .put("status", status)
                        .put("start", start.toString())
                        .put("end", start.plusMinutes(30).toString()));
    }

    /** What the index was told of a booking, each event once, in order; nothing is on its way any more. */
    private List<String> ordered(String booking) {
        Eventually.isTrue("all is delivered", () -> !pool.preparedQuery("select 1 from outbox where aggregate = $1")
                .execute(Tuple.of(booking))
                .await()
                .indefinitely()
                .iterator()
                .hasNext());
        return Neighbours.orders(booking);
    }

    private void is(String status) {
        read(patient.token(), id).then().statusCode(200).body("status", equalTo(status));
    }

    @Test
    void who_checks_in_with_us_is_told_to_the_hospital_once() {
        at(0, 8, 10);
        checkIn().statusCode(200);
        checkIn().statusCode(200);

        is("CHECKED_IN");
        assertThat(ordered(id)).containsExactly("BOOK", "ARRIVED");
    }

    @Test
    void who_may_not_check_in_is_not_told() {
        at(0, 6, 0);
        checkIn().statusCode(409);

        assertThat(ordered(id)).containsExactly("BOOK");
    }

    @Test
    void an_arrival_that_the_hospital_reported_is_not_told_back() {
        visit(identity, hospital.source(), "ARRIVED", at(0, 8, 20));
        checkIn().statusCode(200);

        is("CHECKED_IN");
        assertThat(ordered(id)).containsExactly("BOOK");
    }

    @Test
    void who_did_not_come_is_told_to_the_hospital_once_where_arrivals_are_known() {
        Patient other = patients.adult();
        UUID there = known(other);
        String came = booked(other, slots(hospital).get(0));
        visit(there, hospital.source(), "ARRIVED", at(0, 8, 20));
        at(1, 12, 0);
        MissedVisits.mark();
        MissedVisits.mark();

        is("MISSED");
        assertThat(ordered(id)).containsExactly("BOOK", "MISSED");
        assertThat(ordered(came)).containsExactly("BOOK");
        Eventually.isTrue("the person hears of the mark", () -> toldOfMark(id) == 1);
        assertThat(toldOfMark(came)).isZero();
    }

    private static long toldOfMark(String booking) {
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked -> asked.body().contains("visit-missed:" + booking))
                .count();
    }

    @Test
    void where_nobody_knows_who_came_nobody_is_told_of_a_no_show() {
        at(1, 12, 0);
        MissedVisits.mark();

        is("MISSED");
        assertThat(ordered(id)).containsExactly("BOOK");
        assertThat(toldOfMark(id)).as("no mark, nothing to tell").isZero();
    }

    @Test
    void a_no_show_that_the_hospital_said_is_not_told_back() {
        at(0, 9, 1);
        says("noshow");
        at(1, 12, 0);
        MissedVisits.mark();

        is("MISSED");
        assertThat(ordered(id)).containsExactly("BOOK");
        Eventually.isTrue("the person hears of the mark", () -> toldOfMark(id) == 1);
    }

    @Test
    void who_is_expected_on_another_day_has_not_missed_it_before() {
        Patient other = patients.adult();
        UUID there = known(other);
        booked(other, slots(hospital).get(0));
        says("booked", day.plusDays(2).atTime(8, 30).atZone(ZONE).toOffsetDateTime());
        visit(there, hospital.source(), "ARRIVED", at(0, 8, 20));
        at(1, 12, 0);
        MissedVisits.mark();
        is("BOOKED");
        assertThat(ordered(id)).containsExactly("BOOK");

        at(3, 12, 0);
        MissedVisits.mark();
        is("MISSED");
    }

    @Test
    void a_refusal_of_what_was_told_changes_nothing() {
        at(0, 8, 10);
        checkIn().statusCode(200);
        visit(identity, hospital.source(), "CANCELLED", at(0, 8, 20));
        is("BOOKED");
        Schedules.event(
                id,
                "booking.answered",
                Schedules.object()
                        .put("appointment", id)
                        .put("action", "ARRIVED")
                        .put("outcome", "REFUSED")
                        .put("reason", "没有这个预约"));

        is("BOOKED");
    }
}
