package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.answer;
import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.departments;
import static cn.kangka.api.appointment.BookingDesk.read;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

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
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moving a booking in one step. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class RescheduleTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    private LocalDate today;
    private LocalDate day;

    @BeforeEach
    void ten_in_the_morning() {
        today = LocalDate.now(ZONE);
        day = today.plusDays(3);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private static Response move(Patient patient, String id, String slot) {
        return BookingDesk.move(patient, id, slot);
    }

    private static Response move(String token, String key, String id, Map<String, ?> body) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/appointments/" + id + "/reschedule");
    }

    private static void assertAsked(Neighbours.Fake neighbour, String path, String... about) {
        Eventually.get("a message with " + String.join(", ", about), () -> neighbour.asked("POST", path).stream()
                .filter(asked -> java.util.stream.Stream.of(about).allMatch(asked.body()::contains))
                .findFirst()
                .orElse(null));
    }

    @Test
    void who_moved_and_is_refused_gets_the_old_time_back_and_no_mark() {
        Schedules hospital = Schedules.fresh().morning(day, 3, 5).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String old = booked(patient, slots.get(0));
        answer(old, "ACCEPTED");
        clock.set(day.minusDays(1).atTime(20, 0).atZone(ZONE).toInstant());
        String moved = move(patient, old, slots.get(2))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(row("select late_cancel from appointment where id = $1", old).getBoolean(0))
                .isTrue();

        answer(moved, "REFUSED");

        read(patient.token(), moved).then().body("status", equalTo("REFUSED"));
        var back = row("select id, status, slot_id from appointment where moved_from = $1", moved);
        assertThat(back.getString("status")).isEqualTo("BOOKED");
        assertThat(back.getUUID("slot_id")).hasToString(slots.get(0));
        assertThat(row("select late_cancel from appointment where id = $1", old).getBoolean(0))
                .isFalse();
        String id = back.getUUID("id").toString();
        Eventually.isTrue("the hospital is told", () -> Neighbours.orders(id).contains("BOOK"));
        assertAsked(Neighbours.NOTIFICATION, "/v1/notices", "booking-refused:" + moved, day + "T08:30:00+08:00");
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(15, 1, 0, 1, 2));

        answer(id, "REFUSED");
        read(patient.token(), id).then().body("status", equalTo("REFUSED"));
        assertThat(units(pool, hospital).used())
                .as("what was refused is not booked again")
                .isZero();
    }

    @Test
    void who_moved_twice_before_the_hospital_decided_gets_back_what_it_had_accepted() {
        Schedules hospital = Schedules.fresh().morning(day, 3, 5).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String accepted = booked(patient, slots.get(0));
        answer(accepted, "ACCEPTED");
        String undecided = move(patient, accepted, slots.get(1))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String last = move(patient, undecided, slots.get(2))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        answer(last, "REFUSED");

        assertThat(row("select slot_id from appointment where moved_from = $1 and status = 'BOOKED'", last)
                        .getUUID(0))
                .hasToString(slots.get(0));
    }

    @Test
    void who_moved_and_is_refused_does_not_take_the_old_time_from_who_has_it_now() {
        Schedules hospital = Schedules.fresh().morning(day, 5, 1).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String old = booked(patient, slots.get(0));
        String moved = move(patient, old, slots.get(1))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Patient other = patients.adult();
        String theirs = booked(other, slots.get(0));

        answer(moved, "REFUSED");

        read(patient.token(), moved).then().body("status", equalTo("REFUSED"));
        read(other.token(), theirs).then().body("status", equalTo("BOOKED"));
        assertThat(units(pool, hospital).used()).isEqualTo(1);
    }

    @Test
    void the_old_unit_is_given_back_when_the_new_one_is_won_and_all_are_told_once() {
        Schedules hospital = Schedules.fresh().morning(day, 3, 5).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String old = booked(patient, slots.get(0));

        String key = UUID.randomUUID().toString();
        Response answer = move(patient.token(), key, old, Map.of("slotId", slots.get(2)));

        String id = answer.then()
                .statusCode(201)
                .body("id", not(equalTo(old)))
                .body("slotId", equalTo(slots.get(2)))
                .body("status", equalTo("BOOKED"))
                .extract()
                .path("id");
        read(patient.token(), old).then().body("status", equalTo("CANCELLED"));
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(15, 1, 0, 0, 1));
        assertThat(row("select late_cancel from appointment where id = $1", old).getBoolean(0))
                .isFalse();
        assertThat(row("select moved_from from appointment where id = $1", id).getUUID(0))
                .hasToString(old);
        assertThat(move(patient.token(), key, old, Map.of("slotId", slots.get(2)))
                        .asString())
                .isEqualTo(answer.asString());
        Eventually.isTrue("the hospital is told", () -> Neighbours.orders(old).contains("CANCEL"));
        Eventually.isTrue("of both", () -> Neighbours.orders(id).contains("BOOK"));
        assertAsked(Neighbours.NOTIFICATION, "/v1/notices", "booking-moved:" + id);
        assertThat(Neighbours.NOTIFICATION.asked("POST", "/v1/notices"))
                .noneMatch(asked -> asked.body().contains("booking-cancelled:" + old))
                .noneMatch(asked -> asked.body().contains("booking-made:" + id));
    }

    private io.vertx.mutiny.sqlclient.Row row(String sql, String id) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(UUID.fromString(id)))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }

    @Test
    void nothing_has_changed_when_the_new_slot_is_full() {
        Schedules hospital = Schedules.fresh().morning(day, 5, 1).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String old = booked(patient, slots.get(0));
        pool.query("update slot set blocked = capacity where id = '" + slots.get(1) + "'")
                .execute()
                .await()
                .indefinitely();

        move(patient, old, slots.get(1)).then().statusCode(409).body("type", endsWith("/problems/slot-full"));

        read(patient.token(), old).then().body("status", equalTo("BOOKED"));
        assertThat(row("select version from appointment where id = $1", old).getLong(0))
                .isEqualTo(1);
    }

    @Test
    void the_old_booking_does_not_stop_its_own_successor_but_others_do() {
        Schedules hospital = departments(day, 3, 2, 5);
        Patient patient = patients.adult();
        String first = booked(patient, slots(hospital, "DEP0").get(0));
        booked(patient, slots(hospital, "DEP1").get(0));

        String moved = move(patient, first, slots(hospital, "DEP2").get(1))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        move(patient, moved, slots(hospital, "DEP1").get(1))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-department-day"));
        book(patient, slots(hospital, "DEP0").get(0))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-visit-day"));
    }

    @Test
    void what_is_held_can_be_moved_to_and_after_the_deadline_the_move_counts() {
        Schedules hospital = Schedules.fresh().morning(day, 2, 5).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String old = booked(patient, slots.get(0));
        clock.set(day.minusDays(1).atTime(15, 1).atZone(ZONE).toInstant());
        String hold = given().auth()
                .oauth2(patient.token())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slots.get(1), "appointmentId", old))
                .post("/v1/holds")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        move(patient.token(), "k", old, Map.of("slotId", slots.get(1), "holdId", hold))
                .then()
                .statusCode(201);

        assertThat(row("select late_cancel from appointment where id = $1", old).getBoolean(0))
                .isTrue();
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(10, 1, 0, 0, 1));
    }

    @Test
    void only_an_own_open_booking_moves_to_another_slot() {
        Schedules hospital = Schedules.fresh().morning(day, 2, 5).say();
        List<String> slots = slots(hospital);
        Patient patient = patients.adult();
        String old = booked(patient, slots.get(0));

        move(patient, old, slots.get(0)).then().statusCode(422).body("violations[0].field", equalTo("slotId"));
        move(patient, old, UUID.randomUUID().toString()).then().statusCode(404);
        move(patients.adult(), old, slots.get(1)).then().statusCode(404);
        move(patient, UUID.randomUUID().toString(), slots.get(1)).then().statusCode(404);
        given().auth()
                .oauth2(patient.token())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slots.get(1)))
                .post("/v1/appointments/" + old + "/reschedule")
                .then()
                .statusCode(400);
        cancel(patient.token(), old);
        move(patient, old, slots.get(1))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/appointment-not-cancellable"));
    }

    @Test
    void people_who_change_places_at_once_do_not_wait_for_each_other_for_ever() throws Exception {
        Schedules hospital = departments(day, 2, 1, 40);
        String one = slots(hospital, "DEP0").get(0);
        String other = slots(hospital, "DEP1").get(0);
        List<CompletableFuture<Integer>> moves = new ArrayList<>();
        ExecutorService many = Executors.newFixedThreadPool(16);
        try {
            for (int i = 0; i < 15; i++) {
                Patient there = patients.adult();
                Patient back = patients.adult();
                String first = booked(there, one);
                String second = booked(back, other);
                moves.add(CompletableFuture.supplyAsync(
                        () -> move(there, first, other).statusCode(), many));
                moves.add(CompletableFuture.supplyAsync(
                        () -> move(back, second, one).statusCode(), many));
            }
            for (CompletableFuture<Integer> each : moves) {
                assertThat(each.get()).isIn(201, 409);
            }
        } finally {
            many.shutdownNow();
        }
        assertThat(units(pool, hospital).used()).isEqualTo(30);
    }
}
