package cn.kangka.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Clinic.Link;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who was said to have missed the visit, or has it in another band, and is there all the same; found by BookingModelTest. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class MissedAndThereTest {
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
    private QueueDesk desk;
    private Patient patient;
    private UUID identity;
    private String missed;

    /** Somebody has booked the first of four bands. */
    @BeforeEach
    void the_day_before() {
        day = LocalDate.now(ZONE).plusDays(1);
        clock.set(day.minusDays(1).atTime(10, 0).atZone(ZONE).toInstant());
        Neighbours.ordersAreTaken();
        desk = new QueueDesk(pool, Schedules.fresh().morning(day, 4, 5).say());
        patient = patients.adult();
        patients.reportedOn(patient, desk.hospital().source(), clock.now());
        identity = pool.preparedQuery("select id from identity where person = $1")
                .execute(Tuple.of(patient.person()))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getUUID(0);
        missed = desk.booked(patient, 0);
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

    private void says(String booking, String status, OffsetDateTime start) {
        clinic.says(
                new Link(identity, desk.hospital().source(), 1),
                new JsonObject()
                        .put("resourceType", "Appointment")
                        .put(
                                "identifier",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("system", "urn:kangka:appointment")
                                                .put("value", booking)))
                        .put("status", status)
                        .put("start", start.toString())
                        .put("end", start.plusMinutes(30).toString()));
    }

    private void visit(String kind, String booking) {
        var said = Schedules.object()
                .put("identity", identity.toString())
                .put("source", desk.hospital().source())
                .put("kind", kind)
                .put("at", time(8, 50).toString());
        if (booking != null) {
            said.put("appointment", booking);
        }
        Schedules.event(identity.toString(), "visit.reported", said);
    }

    private String followUp(int band) {
        String source = desk.hospital().source();
        return QueueDesk.as(TestTokens.client("his-" + source, "hospital", "", Map.of("source", source)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of(
                        "slotId", desk.slot(band), "personId", patient.person().toString()))
                .post("/v1/follow-ups")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void who_missed_a_band_and_was_given_another_one_comes_to_that_one() {
        at(8, 40);
        says(missed, "noshow", time(8, 30));
        String other = followUp(3);

        desk.atTerminal(Map.of("appointmentId", missed))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.check-in-ended"));
        visit("ARRIVED", null);
        assertThat(desk.status(other)).isEqualTo("CHECKED_IN");
        assertThat(desk.status(missed)).isEqualTo("MISSED");
        visit("ARRIVED", missed);
        assertThat(desk.status(missed)).as("they came after all").isEqualTo("COMPLETED");
        assertThat(desk.marked(missed)).isFalse();
        assertThat(desk.waiting()).containsExactly(other);
    }

    @Test
    void nobody_comes_to_a_clinic_that_was_stopped_though_it_is_believed_that_they_were_there() {
        at(8, 40);
        says(missed, "noshow", time(8, 30));
        QueueDesk.stop(desk.hospital(), day).then().statusCode(201);

        desk.atTerminal(Map.of("appointmentId", missed))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.check-in-ended"));
        assertThat(desk.status(missed)).isEqualTo("MISSED");
        visit("ARRIVED", null);
        assertThat(desk.status(missed)).isEqualTo("COMPLETED");
        assertThat(desk.marked(missed)).isFalse();
        assertThat(desk.waiting()).isEmpty();
    }

    @Test
    void a_number_has_the_letter_of_its_band_also_behind_somebody_who_was_moved_there() {
        at(8, 0);
        desk.atTerminal(Map.of("appointmentId", missed)).then().body("number", equalTo("A01"));
        visit("CANCELLED", missed);
        says(missed, "booked", time(9, 0));
        String next = desk.booked(patients.adult(), 1);

        desk.atTerminal(Map.of("appointmentId", next)).then().statusCode(200).body("number", equalTo("B01"));
    }
}
