package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.read;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import cn.kangka.api.testing.Agent;
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
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stops of clinics. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class StopTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String SUPERVISOR = Agent.supervisor("stop-supervisor").token();

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    AppointmentJobs jobs;

    private LocalDate day;

    @BeforeEach
    void ten_in_the_morning() {
        LocalDate today = LocalDate.now(ZONE);
        day = today.plusDays(3);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        Neighbours.NOTIFICATION.reset();
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    /** Two doctors of one title and one of another in one department, each with a session of five bands that morning. */
    private Schedules department(int units) {
        Schedules hospital = Schedules.fresh().hospital("停诊医院").department("CARD", "心血管内科");
        for (String[] doctor : new String[][] {{"D1", "王建国", "主任医师"}, {"D2", "李梅", "主治医师"}, {"D3", "赵强", "主任医师"}}) {
            hospital.doctor(doctor[0], doctor[1], doctor[2])
                    .role(doctor[0], "CARD")
                    .session("S" + doctor[0], doctor[0], "CARD", day, true)
                    .bands("S" + doctor[0], day, true, 5, units);
        }
        return hospital.say();
    }

    private static JsonPath slotsOf(Schedules hospital) {
        return given().get("/v1/slots?limit=200&hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<String> slotsOf(Schedules hospital, String doctor) {
        return slotsOf(hospital).getList("items.findAll { it.doctorName == '" + doctor + "' }.id");
    }

    private Map<String, Object> stop(Schedules hospital, String doctor) {
        Map<String, Object> stop = new HashMap<>(Map.of(
                "hospital", hospital.source(), "from", day.toString(), "to", day.toString(), "reason", "医生急诊手术"));
        if (doctor != null) {
            stop.put("doctor", slotsOf(hospital).getString("items.find { it.doctorName == '" + doctor + "' }.doctor"));
        }
        return stop;
    }

    /** The units, once alternatives were looked for. */
    private BookingDesk.Units settled(Schedules hospital) {
        Eventually.get(
                "an alternative for everybody",
                () -> pool.query("select 1 from stopped_booking b join clinic_stop s on s.id = b.stop_id"
                                                + " where b.offered_at is null and s.hospital = '" + hospital.source()
                                                + "'")
                                        .execute()
                                        .await()
                                        .indefinitely()
                                        .size()
                                == 0
                        ? true
                        : null);
        return units(pool, hospital);
    }

    private static Response send(String token, String path, Map<String, ?> body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }

    private static JsonPath people(String stop, String more) {
        return given().auth()
                .oauth2(SUPERVISOR)
                .get("/v1/stops/" + stop + "/people" + more)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void a_session_that_the_timetable_ends_is_stopped_with_whoever_is_booked_in_it() {
        Schedules hospital = department(3);
        Patient there = patients.adult();
        Patient elsewhere = patients.adult();
        String stopped = booked(there, slotsOf(hospital, "王建国").get(0));
        String kept = booked(elsewhere, slotsOf(hospital, "李梅").get(0));

        for (int i = 0; i < 2; i++) {
            hospital.session("SD1", "D1", "CARD", day, true)
                    .bands("SD1", day, true, 5, 3)
                    .ended()
                    .say();
        }

        read(there.token(), stopped).then().body("status", equalTo("STOPPED"));
        read(elsewhere.token(), kept).then().body("status", equalTo("BOOKED"));
        assertThat(slotsOf(hospital, "王建国")).isEmpty();
        assertThat(slotsOf(hospital, "李梅")).hasSize(5);
        given().auth()
                .oauth2(SUPERVISOR)
                .get("/v1/stops?hospital=" + hospital.source())
                .then()
                .body("items", hasSize(1))
                .body("items[0].bookings", equalTo(1));
        Eventually.isTrue("told", () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .anyMatch(asked -> asked.body().contains("clinic-stopped:" + stopped)));
    }

    @Test
    void sessions_that_the_timetable_ends_take_no_other_of_that_half_day_with_them() {
        Schedules hospital = department(3);
        hospital.session("SD1B", "D1", "CARD", day, true)
                .band("SD1B", day, LocalTime.of(11, 30), 3)
                .say();
        hospital.session("SX", "D1", "CARD", day, true)
                .bands("SX", day, true, 2, 3)
                .ofNobody()
                .say();
        Patient there = patients.adult();
        String booked = booked(there, slotsOf(hospital, "王建国").get(0));

        hospital.session("SD1B", "D1", "CARD", day, true)
                .band("SD1B", day, LocalTime.of(11, 30), 3)
                .session("SD2", "D2", "CARD", day, true)
                .bands("SD2", day, true, 5, 3)
                .ended()
                .say();
        hospital.session("SX", "D1", "CARD", day, true)
                .bands("SX", day, true, 2, 3)
                .ofNobody()
                .ended()
                .say();

        read(there.token(), booked).then().body("status", equalTo("BOOKED"));
        assertThat(slotsOf(hospital, "王建国")).hasSize(5);
        assertThat(slotsOf(hospital, "李梅")).isEmpty();
        assertThat(slotsOf(hospital, "赵强")).hasSize(5);
        given().auth()
                .oauth2(SUPERVISOR)
                .get("/v1/stops?hospital=" + hospital.source())
                .then()
                .body("items", hasSize(2))
                .body("items.sessions", everyItem(equalTo(1)));
    }

    @Test
    void a_session_that_is_over_is_not_stopped_however_often_the_timetable_says_so() {
        Schedules hospital = department(3);
        clock.set(day.plusDays(1).atTime(3, 0).atZone(ZONE).toInstant());
        for (int i = 0; i < 2; i++) {
            hospital.session("SD1", "D1", "CARD", day, true)
                    .bands("SD1", day, true, 5, 3)
                    .ended()
                    .say();
        }
        given().auth()
                .oauth2(SUPERVISOR)
                .get("/v1/stops?hospital=" + hospital.source())
                .then()
                .body("items", hasSize(0));
    }

    @Test
    void every_booking_is_released_without_a_mark_and_all_are_told() {
        Schedules hospital = department(3);
        List<String> wang = slotsOf(hospital, "王建国");
        Patient first = patients.adult();
        Patient second = patients.adult();
        Patient other = patients.adult();
        String one = booked(first, wang.get(0));
        String two = booked(second, wang.get(1));
        String kept = booked(other, slotsOf(hospital, "李梅").get(0));
        send(patients.adult().token(), "/v1/holds", Map.of("slotId", wang.get(2)))
                .then()
                .statusCode(201);
        Map<String, Object> wanted = stop(hospital, "王建国");
        send(SUPERVISOR, "/v1/stops/preview", wanted)
                .then()
                .statusCode(200)
                .body("sessions", equalTo(1))
                .body("bookings", equalTo(2));

        String stop = send(SUPERVISOR, "/v1/stops", wanted)
                .then()
                .statusCode(201)
                .body("sessions", equalTo(1))
                .body("bookings", equalTo(2))
                .body("informed", equalTo(0))
                .body("doctorName", equalTo("王建国"))
                .extract()
                .path("id");

        read(first.token(), one).then().body("status", equalTo("STOPPED"));
        read(second.token(), two).then().body("status", equalTo("STOPPED"));
        read(other.token(), kept).then().body("status", equalTo("BOOKED"));
        assertThat(slotsOf(hospital, "王建国")).isEmpty();
        book(patients.adult(), wang.get(0)).then().statusCode(409).body("type", endsWith("/problems/slot-closed"));
        cancel(first.token(), one).then().statusCode(409);
        assertThat(settled(hospital).used()).isEqualTo(1);
        assertThat(pool.query("select count(*) from appointment where late_cancel and id = '" + one + "'")
                        .execute()
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
        for (String id : List.of(one, two)) {
            Eventually.isTrue("the order", () -> Neighbours.orders(id).contains("CANCEL"));
            Eventually.get("the notice", () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                    .filter(asked -> asked.body().contains("clinic-stopped:" + id)
                            && asked.body().contains("URGENT"))
                    .findFirst()
                    .orElse(null));
        }
        assertThat(people(stop, "").getList("items.appointment")).containsExactly(one, two);
        send(SUPERVISOR, "/v1/stops", wanted).then().statusCode(201).body("bookings", equalTo(0));
    }

    @Test
    void alternatives_of_the_same_title_are_kept_in_the_order_of_booking() {
        Schedules hospital = department(3);
        List<String> wang = slotsOf(hospital, "王建国");
        List<String> zhao = slotsOf(hospital, "赵强");
        Patient first = patients.adult();
        Patient second = patients.adult();
        String one = booked(first, wang.get(4));
        String two = booked(second, wang.get(0));
        send(SUPERVISOR, "/v1/stops", stop(hospital, "王建国")).then().statusCode(201);
        jobs.offerAlternatives().await().indefinitely();
        settled(hospital);

        JsonPath offered = alternatives(first, one);
        assertThat(offered.getString("items[0].id")).isEqualTo(zhao.get(4));
        assertThat(offered.getString("items[0].keptUntil")).isNotNull();
        assertThat(offered.getString("items[1].keptUntil")).isNull();
        assertThat(alternatives(second, two).getString("items[0].id")).isEqualTo(zhao.get(0));
        assertThat(settled(hospital).held()).isEqualTo(2);

        booked(first, zhao.get(4));
        assertThat(settled(hospital)).isEqualTo(new BookingDesk.Units(45, 1, 1, 0, 2));
    }

    private static JsonPath alternatives(Patient patient, String appointment) {
        return given().auth()
                .oauth2(patient.token())
                .get("/v1/appointments/" + appointment + "/alternatives")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void who_does_not_read_it_is_on_the_list_of_people_to_ring() {
        Schedules hospital = department(3);
        List<String> wang = slotsOf(hospital, "王建国");
        Patient reader = patients.adult();
        Patient silent = patients.adult();
        String one = booked(reader, wang.get(0));
        String two = booked(silent, wang.get(1));
        String stop = send(SUPERVISOR, "/v1/stops", stop(hospital, "王建国"))
                .then()
                .extract()
                .path("id");
        String read = clock.now().plusSeconds(60).toString();
        Neighbours.NOTIFICATION.answer(
                "POST",
                "/v1/notices/reads",
                asked -> new Neighbours.Answer(
                        200,
                        "{\"items\":[{\"key\":\"clinic-stopped:" + one + ":" + reader.account() + "\",\"readAt\":\""
                                + read + "\"}]}"));
        Agent agent = Agent.named("ringing-agent");
        given().auth()
                .oauth2(agent.token())
                .get("/v1/stops/" + stop)
                .then()
                .statusCode(200)
                .body("informed", equalTo(1));
        assertThat(people(stop, "?uninformed=true").getList("items.appointment"))
                .containsExactly(two);

        Neighbours.EMPI.answer(
                "GET",
                "/v1/persons/" + silent.person(),
                asked -> new Neighbours.Answer(200, "{\"name\":\"沈默\",\"phones\":[\"13900001111\"]}"));
        send(agent.token(), "/v1/stops/" + stop + "/people/" + two + "/contact", Map.of())
                .then()
                .statusCode(200)
                .body("name", equalTo("沈默"))
                .body("phone", equalTo("13900001111"));
        send(agent.token(), "/v1/stops/" + stop + "/people/" + two + "/informed", Map.of())
                .then()
                .statusCode(204);
        send(agent.token(), "/v1/stops/" + stop + "/people/" + UUID.randomUUID() + "/informed", Map.of())
                .then()
                .statusCode(404);

        given().auth()
                .oauth2(agent.token())
                .get("/v1/stops/" + stop)
                .then()
                .body("informed", equalTo(2))
                .body("informedAt", notNullValue());
        assertThat(people(stop, "?uninformed=true").getList("items")).isEmpty();
        assertThat(people(stop, "?limit=1").getString("next")).isEqualTo("1");
        assertThat(people(stop, "?limit=1&cursor=1").getList("items.informedBy"))
                .containsExactly("ringing-agent");
        assertThat(pool.query("select count(*) from audit_entry where action = 'clinic.stop.contact' and person = '"
                                + silent.person() + "'")
                        .execute()
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(1);
    }

    @Test
    void who_waits_is_told_that_the_clinic_does_not_take_place() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 5).say();
        String slot = slots(hospital).get(0);
        while (book(patients.adult(), slot).statusCode() == 201) {
            // until it is full
        }
        Patient waiting = patients.adult();
        String entry = send(waiting.token(), "/v1/waiting-entries", Map.of("slotId", slot))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        send(SUPERVISOR, "/v1/stops", stop(hospital, null)).then().statusCode(201);
        jobs.tellWaiting().await().indefinitely();
        given().auth()
                .oauth2(waiting.token())
                .get("/v1/me/waiting-entries")
                .then()
                .body("items[0].status", equalTo("STOPPED"));
        Eventually.get("the notice", () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked -> asked.body().contains("waiting-ended:" + entry))
                .findFirst()
                .orElse(null));
        assertThat(settled(hospital)).isEqualTo(new BookingDesk.Units(5, 0, 0, 0, 0));
    }

    @Test
    void supervisors_stop_and_hospitals_their_own() {
        Schedules hospital = department(1);
        Map<String, Object> wanted = stop(hospital, null);
        String own = TestTokens.client("stop-own", "hospital", "", Map.of("source", hospital.source()));
        String foreign = TestTokens.client("stop-foreign", "hospital", "", Map.of("source", "H001"));
        send(Agent.named("a").token(), "/v1/stops", wanted).then().statusCode(403);
        send(patients.adult().token(), "/v1/stops", wanted).then().statusCode(403);
        send(foreign, "/v1/stops", wanted).then().statusCode(404);
        Map<String, Object> unknown = new HashMap<>(wanted);
        unknown.put("hospital", "H99999");
        send(SUPERVISOR, "/v1/stops", unknown).then().statusCode(404);
        Map<String, Object> backwards = new HashMap<>(wanted);
        backwards.put("to", day.minusDays(1).toString());
        send(SUPERVISOR, "/v1/stops", backwards).then().statusCode(422).body("violations[0].field", equalTo("to"));
        Map<String, Object> never = new HashMap<>(wanted);
        never.put("to", "+999999999-12-31");
        send(SUPERVISOR, "/v1/stops", never).then().statusCode(422);
        Map<String, Object> afternoon = new HashMap<>(wanted);
        afternoon.put("half", "PM");
        send(own, "/v1/stops/preview", afternoon).then().statusCode(200).body("sessions", equalTo(0));
        send(own, "/v1/stops", wanted).then().statusCode(201).body("sessions", equalTo(3));
        given().auth().oauth2(own).get("/v1/stops").then().statusCode(200).body("items", hasSize(1));
        given().auth()
                .oauth2(foreign)
                .get("/v1/stops?hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .body("items.hospital", not(hasItem(hospital.source())));
    }

    private static org.hamcrest.Matcher<Iterable<? super String>> hasItem(String item) {
        return org.hamcrest.Matchers.hasItem(item);
    }

    @Test
    void a_stop_in_the_middle_of_a_rush_leaves_no_active_booking() throws Exception {
        Schedules hospital = department(40);
        List<String> wang = slotsOf(hospital, "王建国");
        List<Patient> people = patients.adults(150);
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            before.add(booked(people.get(i), wang.get(i % 5)));
        }
        List<CompletableFuture<Integer>> rush = new ArrayList<>();
        ExecutorService many = Executors.newFixedThreadPool(24);
        try {
            for (int i = 30; i < 150; i++) {
                Patient patient = people.get(i);
                String slot = wang.get(i % 5);
                rush.add(CompletableFuture.supplyAsync(() -> book(patient, slot).statusCode(), many));
                if (i % 10 == 0) {
                    Patient canceller = people.get(i / 10);
                    String id = before.get(i / 10);
                    rush.add(CompletableFuture.supplyAsync(
                            () -> cancel(canceller.token(), id).statusCode(), many));
                }
                if (i == 70) {
                    rush.add(CompletableFuture.supplyAsync(
                            () -> send(SUPERVISOR, "/v1/stops", stop(hospital, "王建国"))
                                    .statusCode(),
                            many));
                }
            }
            for (CompletableFuture<Integer> each : rush) {
                assertThat(each.get()).isIn(200, 201, 409);
            }
        } finally {
            many.shutdownNow();
        }
        assertThat(pool.query("select count(*) from appointment a join clinic_session e on e.id = a.session_id"
                                + " where e.status = 'STOPPED' and a.status in ('BOOKED', 'CHECKED_IN')")
                        .execute()
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
        settled(hospital);
    }
}
