package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.free;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiting for a full session. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class WaitingListTest {
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
    private LocalDate day;

    /** Somebody's booking. */
    private record Held(Patient patient, String appointment) {}

    @BeforeEach
    void ten_in_the_morning() {
        today = LocalDate.now(ZONE);
        day = today.plusDays(3);
        at(today, 10, 0);
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(LocalDate date, int hour, int minute) {
        clock.set(date.atTime(hour, minute).atZone(ZONE).toInstant());
    }

    /** Books the only band of a session until the app has no unit left. */
    private List<Held> fill(Schedules hospital) {
        String slot = slots(hospital).get(0);
        List<Held> held = new ArrayList<>();
        while (true) {
            Patient patient = patients.adult();
            Response answer = book(patient, slot);
            if (answer.statusCode() == 409) {
                return held;
            }
            held.add(new Held(patient, answer.then().statusCode(201).extract().path("id")));
        }
    }

    private Schedules session(int units) {
        return Schedules.fresh().morning(day, 1, units).say();
    }

    private static Response enter(String token, Map<String, ?> body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/waiting-entries");
    }

    private static String waits(Patient patient, String slot) {
        return enter(patient.token(), Map.of("slotId", slot))
                .then()
                .statusCode(201)
                .body("status", equalTo("WAITING"))
                .extract()
                .path("id");
    }

    private static JsonPath entry(Patient patient) {
        return given().auth()
                .oauth2(patient.token())
                .get("/v1/me/waiting-entries")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String status(Patient patient) {
        return entry(patient).getString("items[0].status");
    }

    private static Response leave(Patient patient, String entry) {
        return given().auth().oauth2(patient.token()).delete("/v1/waiting-entries/" + entry);
    }

    private void sweep() {
        jobs.sweepWaiting().await().indefinitely();
        jobs.tellWaiting().await().indefinitely();
    }

    private boolean told(String key) {
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .anyMatch(asked -> asked.body().contains(key));
    }

    private void assertTold(String key) {
        cn.kangka.api.testing.Eventually.get("a notice " + key, () -> told(key) ? key : null);
    }

    private OffsetDateTime time(LocalDate date, int hour, int minute) {
        return date.atTime(LocalTime.of(hour, minute)).atZone(ZONE).toOffsetDateTime();
    }

    @Test
    void a_unit_that_comes_free_is_kept_for_the_next_in_line() {
        Schedules hospital = session(5);
        String slot = slots(hospital).get(0);
        List<Held> held = fill(hospital);
        Patient first = patients.adult();
        Patient second = patients.adult();
        String entry = waits(first, slot);
        String behind = waits(second, slot);
        assertThat(entry(first).getInt("items[0].position")).isEqualTo(1);
        assertThat(entry(second).getInt("items[0].position")).isEqualTo(2);
        assertThat(enter(first.token(), Map.of("slotId", slot)).jsonPath().getString("id"))
                .isEqualTo(entry);

        cancel(held.get(0).patient().token(), held.get(0).appointment()).then().statusCode(200);

        assertThat(free(slot, hospital, null)).isZero();
        book(patients.adult(), slot).then().statusCode(409).body("type", endsWith("/problems/slot-full"));
        JsonPath offered = entry(first);
        assertThat(offered.getString("items[0].status")).isEqualTo("OFFERED");
        assertThat(offered.getString("items[0].offer.slotId")).isEqualTo(slot);
        assertThat(OffsetDateTime.parse(offered.getString("items[0].offer.expiresAt")))
                .isEqualTo(time(today, 23, 0));
        assertThat(status(second)).isEqualTo("WAITING");
        sweep();
        assertTold("waiting-offered:" + entry);

        book(first.token(), "k", Map.of("slotId", slot, "holdId", offered.getString("items[0].offer.holdId")))
                .then()
                .statusCode(201)
                .body("channel", equalTo("app"));
        assertThat(status(first)).isEqualTo("BOOKED");
        assertThat(entry(second).getInt("items[0].position")).isEqualTo(1);
        assertThat(units(pool, hospital).held()).isZero();
        leave(second, behind).then().statusCode(204);
        assertConsistent(hospital);
    }

    @Test
    void an_offer_is_taken_by_booking_its_slot_and_by_nobody_else() {
        Schedules hospital = session(5);
        String slot = slots(hospital).get(0);
        List<Held> held = fill(hospital);
        Patient waiting = patients.adult();
        waits(waiting, slot);
        cancel(held.get(0).patient().token(), held.get(0).appointment());
        String hold = entry(waiting).getString("items[0].offer.holdId");

        book(patients.adult().token(), "k", Map.of("slotId", slot, "holdId", hold))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/hold-expired"));
        booked(waiting, slot);
        assertThat(status(waiting)).isEqualTo("BOOKED");
        assertConsistent(hospital);
    }

    @Test
    void an_offer_that_nobody_takes_goes_to_the_next() {
        Schedules hospital = session(5);
        String slot = slots(hospital).get(0);
        List<Held> held = fill(hospital);
        Patient first = patients.adult();
        Patient second = patients.adult();
        String entry = waits(first, slot);
        String next = waits(second, slot);
        cancel(held.get(0).patient().token(), held.get(0).appointment());

        at(today, 23, 1);
        sweep();

        assertThat(status(first)).isEqualTo("EXPIRED");
        assertThat(status(second)).isEqualTo("OFFERED");
        assertThat(OffsetDateTime.parse(entry(second).getString("items[0].offer.expiresAt")))
                .isEqualTo(time(today.plusDays(1), 23, 0));
        sweep();
        assertTold("waiting-ended:" + entry);
        assertTold("waiting-offered:" + next);
        leave(second, next).then().statusCode(204);
        leave(second, next).then().statusCode(204);
        assertThat(status(second)).isEqualTo("LEFT");
        assertThat(free(slot, hospital, null)).isEqualTo(1);
        assertConsistent(hospital);
    }

    @Test
    void at_short_notice_an_offer_lasts_half_an_hour_and_the_evening_before_the_list_is_cleared() {
        Schedules hospital = session(5);
        String slot = slots(hospital).get(0);
        at(day.minusDays(1), 12, 0);
        List<Held> held = fill(hospital);
        Patient first = patients.adult();
        Patient second = patients.adult();
        waits(first, slot);
        String last = waits(second, slot);
        cancel(held.get(0).patient().token(), held.get(0).appointment());
        assertThat(OffsetDateTime.parse(entry(first).getString("items[0].offer.expiresAt")))
                .isBetween(time(day.minusDays(1), 12, 30), time(day.minusDays(1), 12, 31));

        clock.move(Duration.ofMinutes(31));
        book(patients.adult(), slot).then().statusCode(409);
        sweep();
        assertThat(status(first)).isEqualTo("EXPIRED");
        assertThat(status(second)).isEqualTo("OFFERED");
        book(second.token(), "k", Map.of("slotId", slot)).then().statusCode(201);

        Patient late = patients.adult();
        String cleared = waits(late, slot);
        at(day.minusDays(1), 23, 0);
        sweep();
        assertThat(status(late)).isEqualTo("CLEARED");
        assertTold("waiting-ended:" + cleared);
        assertThat(told("waiting-ended:" + last)).isFalse();
        assertConsistent(hospital);
    }

    @Test
    void a_late_cancel_is_forgiven_when_somebody_who_waited_takes_the_unit() {
        Schedules hospital = session(5);
        String slot = slots(hospital).get(0);
        at(day.minusDays(1), 15, 30);
        List<Held> held = fill(hospital);
        Patient first = patients.adult();
        Patient second = patients.adult();
        waits(first, slot);
        waits(second, slot);
        String late = held.get(0).appointment();
        cancel(held.get(0).patient().token(), late).then().statusCode(200);
        assertThat(marked(late)).isTrue();
        clock.move(Duration.ofMinutes(31));
        sweep();
        assertThat(marked(late)).as("the first did not take it").isTrue();

        booked(second, slot);
        jobs.tellWaiting().await().indefinitely();

        assertThat(marked(late)).isFalse();
        assertTold("mark-erased:" + late);
        assertConsistent(hospital);
    }

    private boolean marked(String appointment) {
        return one(
                        "select late_cancel and mark_erased_at is null from appointment where id = $1",
                        Tuple.of(UUID.fromString(appointment)))
                .getBoolean(0);
    }

    @Test
    void what_flows_back_is_offered_before_anybody_else_can_book_it() {
        Schedules hospital = session(20);
        String slot = slots(hospital).get(0);
        fill(hospital);
        Patient waiting = patients.adult();
        waits(waiting, slot);

        at(day.minusDays(1), 18, 0);
        assertThat(free(slot, hospital, null)).isZero();
        Patient other = patients.adult();
        booked(other, slot);

        assertThat(status(waiting)).isEqualTo("OFFERED");
        assertConsistent(hospital);
    }

    @Test
    void waiting_is_for_full_sessions_in_opening_hours_once() {
        Schedules hospital = session(5);
        String slot = slots(hospital).get(0);
        Patient patient = patients.adult();
        enter(patient.token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/waiting-not-full"))
                .body("rule", equalTo("appointment.waiting-not-full"));
        List<Held> held = fill(hospital);
        enter(held.get(0).patient().token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-department-day"));

        at(today.plusDays(1), 5, 59);
        enter(patient.token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/waiting-closed"))
                .body("liftsAt", equalTo(today.plusDays(1) + "T06:00:00+08:00"));
        at(day.minusDays(1), 23, 0);
        enter(patient.token(), Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/waiting-closed"))
                .body("liftsAt", nullValue());
        at(today.plusDays(1), 6, 0);
        String entry = waits(patient, slot);
        leave(patients.adult(), entry).then().statusCode(404);
        enter(patient.token(), Map.of("slotId", UUID.randomUUID().toString()))
                .then()
                .statusCode(404);
        enter(patient.token(), Map.of()).then().statusCode(400);
        enter(patients.nobody().token(), Map.of("slotId", slot)).then().statusCode(403);
        leave(patient, entry).then().statusCode(204);
    }

    @Test
    void an_agent_enters_a_caller_whose_list_is_then_the_callers_own() {
        Schedules hospital = session(5);
        String slot = slots(hospital).get(0);
        fill(hospital);
        Agent agent = Agent.named("waiting-agent");
        Patient caller = patients.adult();
        String body = caller.person().toString();
        enter(agent.token(), Map.of("slotId", slot, "personId", body)).then().statusCode(403);
        agent.believes(caller.person());
        // The call centre's quota is another one, and not full.
        enter(agent.token(), Map.of("slotId", slot, "personId", body))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/waiting-not-full"));
        String entry = waits(caller, slot);
        given().auth()
                .oauth2(agent.token())
                .get("/v1/persons/" + caller.person() + "/waiting-entries")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(entry));
        given().auth()
                .oauth2(agent.token())
                .delete("/v1/waiting-entries/" + entry)
                .then()
                .statusCode(204);
        assertThat(status(caller)).isEqualTo("LEFT");
    }

    @Test
    void who_is_merged_waits_on_as_the_survivor() {
        Schedules hospital = session(5);
        String slot = slots(hospital).get(0);
        List<Held> held = fill(hospital);
        Patient loser = patients.adult();
        Patient survivor = patients.adult();
        waits(loser, slot);
        cancel(held.get(0).patient().token(), held.get(0).appointment());
        BookingDesk.merge(loser.person(), survivor.person());
        assertThat(status(survivor)).isEqualTo("OFFERED");
        booked(survivor, slot);
        assertConsistent(hospital);
    }

    @Test
    void a_merge_that_is_undone_gives_the_place_and_the_offer_back() {
        Schedules hospital = session(5);
        Schedules other = session(5);
        List<Held> held = fill(hospital);
        fill(other);
        Patient patient = patients.adult();
        Patient stranger = patients.adult();
        waits(patient, slots(hospital).get(0));
        String second = waits(patient, slots(other).get(0));
        BookingDesk.merge(patient.person(), stranger.person());
        cancel(held.get(0).patient().token(), held.get(0).appointment());
        assertThat(entry(stranger).getList("items.status")).containsExactlyInAnyOrder("OFFERED", "WAITING");

        BookingDesk.revive(patient.person());

        assertThat(entry(stranger).getList("items")).isEmpty();
        assertThat(entry(patient).getList("items.status")).containsExactlyInAnyOrder("OFFERED", "WAITING");
        assertThat(entry(patient).getList("items.id")).contains(second);
        assertThat(book(stranger, slots(hospital).get(0)).path("type").toString())
                .isEqualTo("/problems/slot-full");
        booked(patient, slots(hospital).get(0));
        assertConsistent(hospital);
        assertConsistent(other);
    }

    @Test
    void storms_of_cancels_offers_and_bookings_lose_no_unit() throws Exception {
        Schedules hospital = session(20);
        String slot = slots(hospital).get(0);
        List<Held> held = fill(hospital);
        List<Patient> waiting = patients.adults(20);
        waiting.forEach(patient -> waits(patient, slot));
        Random random = new Random(11);
        List<CompletableFuture<Integer>> storms = new ArrayList<>();
        ExecutorService many = Executors.newFixedThreadPool(16);
        try {
            for (Held each : held) {
                storms.add(CompletableFuture.supplyAsync(
                        () -> cancel(each.patient().token(), each.appointment()).statusCode(), many));
            }
            for (Patient each : waiting) {
                int what = random.nextInt(3);
                storms.add(CompletableFuture.supplyAsync(
                        () -> what == 0
                                ? leave(each, entry(each).getString("items[0].id"))
                                        .statusCode()
                                : book(each, slot).statusCode(),
                        many));
                storms.add(CompletableFuture.supplyAsync(
                        () -> book(patients.adult(), slot).statusCode(), many));
            }
            for (CompletableFuture<Integer> each : storms) {
                assertThat(each.get()).isIn(200, 201, 204, 409);
            }
        } finally {
            many.shutdownNow();
        }
        assertConsistent(hospital);
        clock.set(time(today, 23, 0).toInstant());
        sweep();
        assertConsistent(hospital);
    }

    /** Units, holds and entries agree, and nobody waits where a unit is free for them. */
    private void assertConsistent(Schedules hospital) {
        units(pool, hospital);
        Row row = one("""
                select (select coalesce(sum(waiting), 0) from clinic_session where hospital = $1)::int,
                    (select count(*) from waiting_entry w join clinic_session e on e.id = w.session_id
                        where e.hospital = $1 and w.status = 'WAITING')::int,
                    (select count(*) from waiting_entry w join clinic_session e on e.id = w.session_id
                        where e.hospital = $1 and w.status = 'OFFERED')::int,
                    (select count(*) from waiting_entry w join clinic_session e on e.id = w.session_id
                        join slot_hold h on h.id = w.hold_id and h.slot_id = w.slot_id
                            and h.holder = 'PERSON:' || w.person
                        where e.hospital = $1 and w.status = 'OFFERED')::int,
                    (select count(*) from clinic_session e where e.hospital = $1 and e.waiting > 0
                        and e.taken[1] < e.quota[1] and e.taken_total < e.bookable)::int
                """, Tuple.of(hospital.source()));
        assertThat(row.getInteger(0)).isEqualTo(row.getInteger(1));
        assertThat(row.getInteger(2)).isEqualTo(row.getInteger(3));
        assertThat(row.getInteger(4))
                .as("sessions where people wait beside a free unit")
                .isZero();
    }

    private Row one(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .await()
                .indefinitely()
                .iterator()
                .next();
    }
}
