package cn.kangka.api.queue;

import static cn.kangka.api.queue.QueueDesk.as;
import static cn.kangka.api.queue.QueueDesk.checkIn;
import static cn.kangka.api.queue.QueueDesk.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

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
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalTime;
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

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class QueueTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int UNITS = 10;

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    TurnNews news;

    @Inject
    QueueJobs jobs;

    private LocalDate day;
    private QueueDesk desk;

    /** A morning from 8:30 to 10:30 tomorrow; today everybody books. */
    @BeforeEach
    void the_day_before() {
        day = LocalDate.now(ZONE).plusDays(1);
        at(day.minusDays(1), LocalTime.of(10, 0));
        Neighbours.ordersAreTaken();
        desk = new QueueDesk(pool, Schedules.fresh().morning(day, 4, UNITS).say());
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(LocalDate date, LocalTime time) {
        clock.set(date.atTime(time).atZone(ZONE).toInstant());
    }

    private void at(int hour, int minute) {
        at(day, LocalTime.of(hour, minute));
    }

    /** So many people who have checked in to the first band. */
    private List<String> waiting(int count) {
        List<String> ids = new ArrayList<>();
        List<Patient> people = patients.adults(count);
        people.forEach(each -> ids.add(desk.booked(each, 0)));
        at(8, 0);
        for (int i = 0; i < count; i++) {
            desk.checkIn(people.get(i), ids.get(i)).then().statusCode(200);
        }
        return ids;
    }

    @Test
    void whoever_is_too_early_learns_when_to_come_back_and_whoever_is_late_goes_behind_everybody() {
        List<Patient> people = patients.adults(4);
        List<String> ids = people.stream().map(each -> desk.booked(each, 0)).toList();
        String nine = desk.booked(patients.adult(), 1);
        at(7, 29);
        position(people.get(0), ids.get(0)).then().statusCode(200).body("state", equalTo("EARLY"));
        desk.checkIn(people.get(0), ids.get(0))
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/check-in-opens"))
                .body("rule", equalTo("appointment.check-in-opens"))
                .body("liftsAt", startsWith(day + "T07:30"));
        at(7, 30);
        position(people.get(0), ids.get(0)).then().body("state", equalTo("OPEN"));
        desk.checkIn(people.get(0), ids.get(0))
                .then()
                .statusCode(200)
                .body("number", equalTo("A01"))
                .body("state", equalTo("WAITING"))
                .body("ahead", equalTo(0));
        assertThat(desk.status(ids.get(0))).isEqualTo("CHECKED_IN");
        at(8, 50);
        desk.atTerminal(Map.of("appointmentId", nine)).then().statusCode(200).body("number", equalTo("B01"));
        at(8, 59);
        desk.checkIn(people.get(1), ids.get(1)).then().statusCode(200).body("ahead", equalTo(1));
        at(9, 0);
        position(people.get(2), ids.get(2)).then().body("state", equalTo("LATE"));
        desk.checkIn(people.get(2), ids.get(2))
                .then()
                .statusCode(200)
                .body("number", equalTo("A03"))
                .body("ahead", equalTo(3));
        at(10, 30);
        position(people.get(3), ids.get(3)).then().body("state", equalTo("CLOSED"));
        desk.checkIn(people.get(3), ids.get(3))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.check-in-closes"))
                .body("detail", containsString("09:00"));
    }

    @Test
    void a_night_clinic_of_a_leap_day_opens_the_evening_before() {
        day = LocalDate.of(2028, 2, 29);
        at(day.minusDays(2), LocalTime.of(10, 0));
        Schedules night = Schedules.fresh()
                .hospital("夜间医院")
                .department("NIGHT", "夜间门诊")
                .doctor("D1", "赵夜", "主治医师")
                .role("D1", "NIGHT")
                .session("N1", "D1", "NIGHT", day, true)
                .band("N1", day, LocalTime.MIDNIGHT, 3)
                .say();
        QueueDesk desk = new QueueDesk(pool, night);
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        at(day.minusDays(1), LocalTime.of(22, 59));
        desk.checkIn(patient, id).then().statusCode(409).body("liftsAt", startsWith("2028-02-28T23:00"));
        at(day.minusDays(1), LocalTime.of(23, 0));
        desk.checkIn(patient, id).then().statusCode(200).body("closesAt", startsWith("2028-02-29T00:30"));
    }

    @Test
    void the_booked_band_comes_first_and_within_it_who_checked_in_first() {
        List<Patient> people = patients.adults(3);
        String later = desk.booked(people.get(0), 1);
        String first = desk.booked(people.get(1), 0);
        String second = desk.booked(people.get(2), 0);
        at(8, 10);
        desk.checkIn(people.get(0), later).then().body("number", equalTo("B01")).body("ahead", equalTo(0));
        desk.checkIn(people.get(2), second).then().body("number", equalTo("A01"));
        desk.checkIn(people.get(1), first).then().body("number", equalTo("A02"));

        position(people.get(0), later).then().body("ahead", equalTo(2));
        assertThat(desk.next("1")).isEqualTo(second);
        assertThat(desk.next("1")).isEqualTo(first);
        assertThat(desk.next("1")).isEqualTo(later);
        assertThat(desk.next("1")).isNull();
    }

    @Test
    void a_code_from_elsewhere_or_of_two_minutes_ago_checks_nobody_in_and_five_wrong_ones_close_it_for_a_while() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        at(8, 0);
        String old = desk.placeCode();
        at(8, 2);
        String right = desk.placeCode();
        String wrong = right.equals("000000") ? "000001" : "000000";
        checkIn(patient.token(), id, old).then().statusCode(409).body("rule", equalTo("appointment.place-code"));
        for (int i = 0; i < 4; i++) {
            checkIn(patient.token(), id, wrong).then().statusCode(409);
        }

        checkIn(patient.token(), id, right)
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("type", endsWith("/problems/place-code-tries"));
        assertThat(desk.status(id)).isEqualTo("BOOKED");
        at(8, 18);
        desk.checkIn(patient, id).then().statusCode(200);
    }

    @Test
    void a_code_is_still_good_when_the_next_one_is_shown_already() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        at(8, 0);
        String shown = desk.placeCode();
        at(8, 1);
        checkIn(patient.token(), id, shown).then().statusCode(200);
    }

    @Test
    void checking_in_again_or_ten_times_at_once_gives_one_number() throws Exception {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        at(8, 0);
        String code = desk.placeCode();
        List<Response> answers = together(10, i -> checkIn(patient.token(), id, code));

        assertThat(answers).allSatisfy(answer -> answer.then()
                .statusCode(200)
                .body("number", equalTo("A01"))
                .body("ahead", equalTo(0)));
        desk.checkIn(patient, id).then().statusCode(200).body("number", equalTo("A01"));
        assertThat(desk.waiting()).containsExactly(id);
    }

    @Test
    void stations_that_call_at_once_never_call_the_same_person() throws Exception {
        List<String> ids = waiting(UNITS);
        List<Response> calls =
                together(UNITS + 2, i -> desk.next(UUID.randomUUID().toString(), "" + i % 2));

        List<String> called = calls.stream()
                .map(call -> call.then().statusCode(200).extract().<String>path("called.appointment"))
                .filter(each -> each != null)
                .toList();
        assertThat(called).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void a_call_that_is_retried_calls_nobody_else() {
        List<String> ids = waiting(2);
        String key = UUID.randomUUID().toString();

        desk.next(key, "3")
                .then()
                .body("called.appointment", equalTo(ids.get(0)))
                .body("waiting", equalTo(1));
        desk.next(key, "3")
                .then()
                .body("called.appointment", equalTo(ids.get(0)))
                .body("waiting", equalTo(1));
        as(desk.terminal())
                .body(Map.of("room", "3"))
                .post("/v1/queues/" + desk.session() + "/next")
                .then()
                .statusCode(400);
    }

    @Test
    void whoever_did_not_come_is_put_behind_three_others_twice_at_most() {
        List<Patient> people = patients.adults(7);
        List<String> ids = people.stream().map(each -> desk.booked(each, 0)).toList();
        at(8, 0);
        for (int i = 0; i < 6; i++) {
            desk.checkIn(people.get(i), ids.get(i)).then().statusCode(200);
        }
        Patient patient = people.get(0);
        String id = ids.get(0);
        assertThat(desk.next("1")).isEqualTo(id);
        position(patient, id).then().body("state", equalTo("CALLED")).body("room", equalTo("1"));

        desk.passed(id).then().statusCode(200).body("passed", equalTo(List.of("A01")));
        desk.passed(id).then().statusCode(200);
        desk.passed(ids.get(1)).then().statusCode(409).body("rule", equalTo("appointment.not-called"));
        position(patient, id).then().body("state", equalTo("PASSED")).body("requeuesLeft", equalTo(2));
        desk.checkIn(patient, id)
                .then()
                .statusCode(200)
                .body("state", equalTo("WAITING"))
                .body("ahead", equalTo(3));
        assertThat(desk.waiting()).containsExactly(ids.get(1), ids.get(2), ids.get(3), id, ids.get(4), ids.get(5));
        // Who comes later in the same band is behind all of them.
        desk.checkIn(people.get(6), ids.get(6)).then().statusCode(200).body("ahead", equalTo(6));

        for (int i = 0; i < 4; i++) {
            desk.next("1");
        }
        desk.passed(id).then().statusCode(200);
        desk.checkIn(patient, id)
                .then()
                .statusCode(200)
                .body("ahead", equalTo(3))
                .body("requeuesLeft", equalTo(0));
        for (int i = 0; i < 4; i++) {
            desk.next("1");
        }
        desk.passed(id).then().statusCode(200);
        desk.checkIn(patient, id).then().statusCode(409).body("rule", equalTo("appointment.requeue-most"));
        assertThat(desk.status(id)).isEqualTo("CHECKED_IN");
    }

    @Test
    void people_who_are_put_behind_others_one_after_the_other_keep_their_order() {
        List<Patient> people = patients.adults(8);
        List<String> ids = people.stream().map(each -> desk.booked(each, 0)).toList();
        at(8, 0);
        for (int i = 0; i < 8; i++) {
            desk.checkIn(people.get(i), ids.get(i)).then().statusCode(200);
        }
        for (int i = 0; i < 3; i++) {
            desk.passed(desk.next("1")).then().statusCode(200);
        }
        for (int i = 0; i < 3; i++) {
            desk.checkIn(people.get(i), ids.get(i)).then().statusCode(200).body("ahead", equalTo(3 + i));
        }
        assertThat(desk.waiting())
                .containsExactly(
                        ids.get(3), ids.get(4), ids.get(5), ids.get(0), ids.get(1), ids.get(2), ids.get(6), ids.get(7));
    }

    @Test
    void who_was_seen_has_completed_the_visit() {
        List<String> ids = waiting(2);
        assertThat(desk.next("1")).isEqualTo(ids.get(0));

        desk.done(ids.get(0)).then().statusCode(200).body("waiting", equalTo(1)).body("called", equalTo(List.of()));
        desk.done(ids.get(0)).then().statusCode(200);

        assertThat(desk.status(ids.get(0))).isEqualTo("COMPLETED");
        String never = desk.booked(patients.adult(), 3);
        desk.done(never).then().statusCode(409).body("rule", equalTo("appointment.not-checked-in"));
    }

    @Test
    void a_terminal_takes_the_booking_that_can_be_checked_in_to_now() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        Neighbours.EMPI.answer(
                "POST",
                "/v1/card-codes/verify",
                asked -> asked.body().contains(id),
                asked -> new Neighbours.Answer(200, "{\"person\":\"" + patient.person() + "\"}"));
        at(6, 0);
        desk.atTerminal(Map.of("cardCode", id))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.check-in-opens"));
        at(8, 0);
        desk.atTerminal(Map.of("cardCode", id))
                .then()
                .statusCode(200)
                .body("appointment", equalTo(id))
                .body("number", equalTo("A01"))
                .body("person", nullValue());
        desk.atTerminal(Map.of("cardCode", "no card")).then().statusCode(409);
        desk.atTerminal(Map.of("cardCode", id, "appointmentId", id)).then().statusCode(422);
        assertThat(pool.query("select count(*) from audit_entry where action = 'queue.check-in' and outcome = 'ALLOWED'"
                                + " and actor_kind = 'TERMINAL' and person = '" + patient.person() + "'")
                        .execute()
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(1);
    }

    @Test
    void a_shared_line_acts_for_each_of_its_institutions_and_uses_no_code_up_before_it_says_where() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        String source = desk.hospital().source();
        String line = TestTokens.client(
                "line-" + source,
                "hospital",
                "card-codes:verify",
                Map.of("source", "centres", "sources", List.of(source, "C999")));
        Neighbours.EMPI.answer(
                "POST",
                "/v1/card-codes/verify",
                asked -> asked.body().contains(id),
                asked -> new Neighbours.Answer(200, "{\"person\":\"" + patient.person() + "\"}"));
        UUID department = pool.preparedQuery("select id from department where hospital = $1")
                .execute(Tuple.of(source))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getUUID(0);
        at(8, 0);

        as(line).get("/v1/check-in-places/" + department + "/code").then().statusCode(200);
        as(line).body(Map.of("cardCode", id)).post("/v1/check-ins").then().statusCode(422);
        as(line).body(Map.of("cardCode", id, "hospital", "H999"))
                .post("/v1/check-ins")
                .then()
                .statusCode(422);
        assertThat(Neighbours.EMPI.asked("POST", "/v1/card-codes/verify"))
                .noneMatch(asked -> asked.body().contains(id));
        as(line).body(Map.of("cardCode", id, "hospital", source))
                .post("/v1/check-ins")
                .then()
                .statusCode(200)
                .body("appointment", equalTo(id));
        as(line).body(Map.of("appointmentId", id)).post("/v1/check-ins").then().statusCode(200);
        as(line).header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("room", "1"))
                .post("/v1/queues/" + desk.session() + "/next")
                .then()
                .statusCode(200)
                .body("called.appointment", equalTo(id));
    }

    @Test
    void who_missed_a_visit_and_booked_the_session_again_is_checked_in_once() {
        Patient patient = patients.adult();
        String missed = desk.booked(patient, 0);
        String again = desk.booked(patients.adult(), 1);
        run("update appointment set status = 'MISSED' where id = $1", UUID.fromString(missed));
        pool.preparedQuery("update appointment set person = $2 where id = $1")
                .execute(Tuple.of(UUID.fromString(again), patient.person()))
                .await()
                .indefinitely();
        at(9, 5);

        desk.checkIn(patient, missed).then().statusCode(409).body("rule", equalTo("appointment.check-in-ended"));
        desk.checkIn(patient, again).then().statusCode(200).body("state", equalTo("WAITING"));
    }

    private void run(String sql, UUID id) {
        pool.preparedQuery(sql).execute(Tuple.of(id)).await().indefinitely();
    }

    @Test
    void nobody_calls_or_checks_in_at_another_hospital() {
        String id = desk.booked(patients.adult(), 0);
        at(8, 0);
        String other = TestTokens.client("terminal-x", "terminal", "card-codes:verify", Map.of("source", "H999"));
        as(other).body(Map.of("appointmentId", id)).post("/v1/check-ins").then().statusCode(404);
        String queue = "/v1/queues/" + desk.session();
        as(other)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("room", "1"))
                .post(queue + "/next")
                .then()
                .statusCode(404);
        as(other).body(Map.of("appointment", id)).post(queue + "/passed").then().statusCode(404);
        as(other).body(Map.of("appointment", id)).post(queue + "/done").then().statusCode(404);
        position(patients.adult(), id).then().statusCode(404);
        checkIn(patients.adult().token(), id, desk.placeCode()).then().statusCode(404);
    }

    @Test
    void the_board_shows_numbers_and_nobody() {
        Patient patient = patients.adult();
        String id = desk.booked(patient, 0);
        at(8, 0);
        desk.checkIn(patient, id);
        desk.next("5");

        String board = desk.board()
                .then()
                .statusCode(200)
                .body("called[0].number", equalTo("A01"))
                .body("called[0].room", equalTo("5"))
                .extract()
                .asString();

        assertThat(board)
                .doesNotContain(id)
                .doesNotContain(patient.person().toString())
                .doesNotContain(patient.account().toString());
    }

    @Test
    void whoever_comes_near_their_turn_is_told_once() {
        List<Patient> people = patients.adults(6);
        List<String> ids = people.stream().map(each -> desk.booked(each, 0)).toList();
        at(8, 0);
        for (int i = 0; i < 6; i++) {
            desk.checkIn(people.get(i), ids.get(i)).then().statusCode(200);
        }
        news.tell().await().indefinitely();
        assertThat(told(ids.get(1))).as("nobody was called yet").isZero();

        desk.next("1");
        Eventually.isTrue("the next four are told", () -> told(ids.get(4)) == 1);
        assertThat(told(ids.get(5))).isZero();
        desk.next("1");
        Eventually.isTrue("the last one is told", () -> told(ids.get(5)) == 1);
        desk.next("1");
        news.tell().await().indefinitely();
        for (int i = 1; i < 6; i++) {
            assertThat(told(ids.get(i))).as(ids.get(i)).isEqualTo(1);
        }
    }

    @Test
    void who_acts_for_somebody_without_an_account_is_told_that_it_is_nearly_their_turn() {
        List<Patient> people = patients.adults(2);
        Patient carer = patients.adult();
        List<String> ids = people.stream().map(each -> desk.booked(each, 0)).toList();
        at(8, 0);
        for (int i = 0; i < 2; i++) {
            desk.checkIn(people.get(i), ids.get(i)).then().statusCode(200);
        }
        pool.preparedQuery("insert into dependant (id, account, person, relation, kind, status, made_at, agreed_at)"
                        + " values (gen_random_uuid(), $1, $2, 'PARENT', 'CONSENT', 'ACTIVE', now(), now())")
                .execute(Tuple.of(carer.account(), people.get(1).person()))
                .await()
                .indefinitely();
        pool.preparedQuery("update account set status = 'CLOSED' where id = $1")
                .execute(Tuple.of(people.get(1).account()))
                .await()
                .indefinitely();

        desk.next("1");
        Eventually.isTrue("the carer is told", () -> told(ids.get(1) + ":" + carer.account()) == 1);
    }

    private static long told(String appointment) {
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked -> asked.body().contains("turn-near:" + appointment))
                .count();
    }

    @Test
    void an_old_queue_is_closed() {
        List<String> ids = waiting(2);
        at(16, 31);
        assertThat(jobs.close().await().indefinitely()).isGreaterThanOrEqualTo(2);
        assertThat(desk.waiting()).isEmpty();
        assertThat(desk.status(ids.get(0))).isEqualTo("CHECKED_IN");
    }

    interface Act {
        Response at(int index);
    }

    private static List<Response> together(int count, Act act) throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(count);
        try {
            List<CompletableFuture<Response>> acts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                acts.add(CompletableFuture.supplyAsync(() -> act.at(index), many));
            }
            List<Response> answers = new ArrayList<>();
            for (CompletableFuture<Response> each : acts) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            many.shutdownNow();
        }
    }
}
