package cn.kangka.api.queue;

import static cn.kangka.api.queue.QueueDesk.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.appointment.Attendance;
import cn.kangka.api.appointment.MissedVisits;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue follows the booking, whoever changes it. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class QueueFollowsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    Attendance attendance;

    private LocalDate day;
    private QueueDesk desk;

    @BeforeEach
    void the_day_before() {
        day = LocalDate.now(ZONE).plusDays(1);
        at(day.minusDays(1), LocalTime.of(10, 0));
        Neighbours.ordersAreTaken();
        desk = new QueueDesk(pool, Schedules.fresh().morning(day, 4, 5).say());
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(LocalDate date, LocalTime time) {
        clock.set(date.atTime(time).atZone(ZONE).toInstant());
    }

    private OffsetDateTime time(int hour, int minute) {
        return day.atTime(hour, minute).atZone(ZONE).toOffsetDateTime();
    }

    /** The person's identity at the hospital, which reports the visit. */
    private UUID linked(Patient patient) {
        UUID identity = UUID.randomUUID();
        pool.preparedQuery("insert into identity (id, source, person, link_version) values ($1, $2, $3, 1)")
                .execute(Tuple.of(identity, desk.hospital().source(), patient.person()))
                .await()
                .indefinitely();
        return identity;
    }

    private void visit(UUID identity, String kind, OffsetDateTime at) {
        Schedules.event(
                identity.toString(),
                "visit.reported",
                Schedules.object()
                        .put("identity", identity.toString())
                        .put("source", desk.hospital().source())
                        .put("kind", kind)
                        .put("at", at.toString()));
    }

    @Test
    void an_arrival_that_the_hospital_reports_gives_a_number_and_a_discharge_ends_the_wait() {
        Patient patient = patients.adult();
        UUID identity = linked(patient);
        String id = desk.booked(patient, 0);
        at(day, LocalTime.of(8, 0));

        visit(identity, "ARRIVED", time(7, 50));
        position(patient, id).then().body("state", equalTo("WAITING")).body("number", equalTo("A01"));
        desk.checkIn(patient, id).then().statusCode(200).body("number", equalTo("A01"));
        visit(identity, "CANCELLED", time(7, 55));
        position(patient, id).then().body("state", equalTo("OPEN"));
        assertThat(desk.waiting()).isEmpty();
        visit(identity, "ARRIVED", time(8, 0));
        assertThat(desk.waiting()).containsExactly(id);
        position(patient, id).then().body("number", equalTo("A01"));
        visit(identity, "DISCHARGED", time(8, 40));
        position(patient, id).then().body("state", equalTo("DONE"));
        assertThat(desk.waiting()).isEmpty();
    }

    @Test
    void an_arrival_is_that_of_the_booking_that_stands_not_of_one_missed_before_in_the_same_session() {
        Patient patient = patients.adult();
        UUID identity = linked(patient);
        String missed = desk.booked(patient, 0);
        String again = desk.booked(patients.adult(), 1);
        pool.preparedQuery("update appointment set status = 'MISSED' where id = $1")
                .execute(Tuple.of(UUID.fromString(missed)))
                .await()
                .indefinitely();
        pool.preparedQuery("update appointment set person = $2 where id = $1")
                .execute(Tuple.of(UUID.fromString(again), patient.person()))
                .await()
                .indefinitely();
        at(day, LocalTime.of(8, 40));

        Schedules.event(
                identity.toString(),
                "visit.reported",
                Schedules.object()
                        .put("identity", identity.toString())
                        .put("source", desk.hospital().source())
                        .put("kind", "ARRIVED")
                        .put("appointment", missed)
                        .put("at", time(8, 35).toString()));
        assertThat(desk.status(missed)).as("the hospital names it").isEqualTo("COMPLETED");
        visit(identity, "ARRIVED", time(8, 36));
        assertThat(desk.status(missed)).isEqualTo("COMPLETED");
        assertThat(desk.status(again)).isEqualTo("CHECKED_IN");
    }

    @Test
    void who_watch_at_the_same_time_are_each_shown_their_own_booking() {
        List<Patient> people = patients.adults(4);
        List<UUID> ids = IntStream.range(0, 4)
                .mapToObj(i -> UUID.fromString(desk.booked(people.get(i), i)))
                .toList();

        List<Attendance.Visit> seen = Uni.join()
                .all(Stream.concat(ids.stream(), Stream.of(UUID.randomUUID()))
                        .map(attendance::watched)
                        .toList())
                .andFailFast()
                .await()
                .indefinitely();

        assertThat(seen.subList(0, 4))
                .extracting(Attendance.Visit::person)
                .containsExactlyElementsOf(people.stream().map(Patient::person).toList());
        assertThat(seen.get(4)).isNull();
    }

    @Test
    void a_stop_of_the_clinic_ends_the_queue_also_for_who_waited_longer_than_the_band() {
        List<Patient> people = patients.adults(3);
        List<String> ids = people.stream().map(each -> desk.booked(each, 0)).toList();
        at(day, LocalTime.of(8, 0));
        for (int i = 0; i < 3; i++) {
            desk.checkIn(people.get(i), ids.get(i)).then().statusCode(200);
        }
        desk.next("1");
        desk.done(ids.get(0)).then().statusCode(200);
        desk.next("1");
        at(day, LocalTime.of(9, 10));

        QueueDesk.stop(desk.hospital(), day).then().statusCode(201);

        assertThat(desk.status(ids.get(0))).isEqualTo("COMPLETED");
        assertThat(desk.status(ids.get(1)))
                .as("was called, and is taken to have been seen")
                .isEqualTo("COMPLETED");
        assertThat(desk.status(ids.get(2))).as("still waits").isEqualTo("STOPPED");
        assertThat(desk.waiting()).isEmpty();
        position(people.get(2), ids.get(2)).then().body("state", equalTo("CLOSED"));
        desk.board().then().body("open", equalTo(false)).body("waiting", equalTo(0));
        desk.checkIn(people.get(2), ids.get(2))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.check-in-ended"));
    }

    @Test
    void a_cancelled_booking_cannot_be_checked_in_to() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        QueueDesk.as(patient.token())
                .post("/v1/appointments/" + id + "/cancel")
                .then()
                .statusCode(200);
        at(day, LocalTime.of(8, 0));

        position(patient, id).then().body("state", equalTo("CLOSED"));
        desk.checkIn(patient, id).then().statusCode(409).body("rule", equalTo("appointment.check-in-ended"));
    }

    @Test
    void a_merge_leaves_one_person_one_place() {
        Patient survivor = patients.adult();
        Patient loser = patients.adult();
        String kept = desk.booked(survivor, 0);
        String ended = desk.booked(loser, 0);
        at(day, LocalTime.of(8, 0));
        desk.checkIn(survivor, kept).then().statusCode(200);
        desk.checkIn(loser, ended).then().statusCode(200);

        Schedules.event(
                loser.person().toString(),
                "person.changed",
                Schedules.object()
                        .put("person", loser.person().toString())
                        .put("status", "MERGED")
                        .put("mergedInto", survivor.person().toString())
                        .put("suspect", false)
                        .put("sex", "FEMALE"));

        assertThat(desk.waiting()).containsExactly(kept);
        position(survivor, kept)
                .then()
                .statusCode(200)
                .body("state", equalTo("WAITING"))
                .body("ahead", equalTo(0));
        position(survivor, ended).then().statusCode(200).body("state", equalTo("DONE"));
    }

    @Test
    void a_check_in_through_us_makes_no_marks_for_those_who_went_to_the_desk_but_a_queue_that_was_called_does() {
        List<Patient> people = patients.adults(2);
        String here = desk.booked(people.get(0), 0);
        String away = desk.booked(people.get(1), 0);
        QueueDesk called =
                new QueueDesk(pool, Schedules.fresh().morning(day, 4, 5).say());
        List<Patient> others = patients.adults(2);
        String seen = called.booked(others.get(0), 0);
        String missing = called.booked(others.get(1), 0);
        at(day, LocalTime.of(8, 0));
        desk.checkIn(people.get(0), here).then().statusCode(200);
        called.checkIn(others.get(0), seen).then().statusCode(200);
        assertThat(called.next("1")).isEqualTo(seen);

        at(day.plusDays(1), LocalTime.of(12, 0));
        MissedVisits.mark();
        assertThat(desk.status(away)).isEqualTo("MISSED");

        assertThat(desk.marked(away)).isFalse();
        assertThat(called.marked(missing)).isTrue();
        assertThat(desk.status(here)).isEqualTo("CHECKED_IN");
    }
}
