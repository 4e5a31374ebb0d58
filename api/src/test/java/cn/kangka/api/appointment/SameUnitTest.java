package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.move;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.referral.ReferralTime;
import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Clinic.Link;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.OwnRules;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same unit, wanted, given up, taken back, checked in to and missed by several at once: it ends in one of the states there are. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class SameUnitTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int BOOKINGS = 10;

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    Clinic clinic;

    @Inject
    AppointmentJobs jobs;

    private LocalDate day;
    private final Random random = new Random(5);

    @BeforeEach
    void the_day_before() {
        day = LocalDate.now(ZONE).plusDays(1);
        at(day.minusDays(1), 10, 0);
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(LocalDate date, int hour, int minute) {
        clock.set(date.atTime(hour, minute).atZone(ZONE).toInstant());
    }

    private OffsetDateTime time(int hour, int minute) {
        return day.atTime(hour, minute).atZone(ZONE).toOffsetDateTime();
    }

    private Response terminal(Schedules hospital, String booking) {
        return ModelRun.as(TestTokens.client(
                        "terminal-" + hospital.source(), "terminal", "", Map.of("source", hospital.source())))
                .body(Map.of("appointmentId", booking))
                .post("/v1/check-ins");
    }

    private static Said visit(Schedules hospital, String booking, String kind, OffsetDateTime at) {
        Schedules.event(
                UUID.randomUUID().toString(),
                "visit.reported",
                Schedules.object()
                        .put("identity", UUID.randomUUID().toString())
                        .put("source", hospital.source())
                        .put("kind", kind)
                        .put("at", at.toString())
                        .put("appointment", booking));
        return new Said(booking, kind, 200, "", null);
    }

    private Said noShow(Schedules hospital, UUID identity, String booking) {
        clinic.says(
                new Link(identity, hospital.source(), 1),
                new JsonObject()
                        .put("resourceType", "Appointment")
                        .put(
                                "identifier",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("system", "urn:kangka:appointment")
                                                .put("value", booking)))
                        .put("status", "noshow")
                        .put("start", time(8, 30).toString()));
        return new Said(booking, "no-show", 200, "", null);
    }

    private List<Row> rows(String sql, Object argument) {
        List<Row> rows = new ArrayList<>();
        pool.preparedQuery(sql)
                .execute(Tuple.of(argument))
                .await()
                .indefinitely()
                .forEach(rows::add);
        return rows;
    }

    private String status(String booking) {
        return rows("select status from appointment where id = $1", UUID.fromString(booking))
                .get(0)
                .getString(0);
    }

    private String ticket(String booking) {
        List<Row> rows = rows("select state from queue_ticket where appointment = $1", UUID.fromString(booking));
        return rows.isEmpty() ? "none" : rows.get(0).getString(0);
    }

    @Test
    void before_the_band_one_of_cancel_move_check_in_and_refusal_wins() throws Exception {
        Schedules hospital = Schedules.fresh().morning(day, 4, 30).say();
        List<String> slots = slots(hospital);
        List<Patient> people = patients.adults(BOOKINGS);
        List<String> ids =
                people.stream().map(each -> booked(each, slots.get(0))).toList();
        at(day, 8, 0);
        List<Callable<Said>> acts = new ArrayList<>();
        for (int i = 0; i < BOOKINGS; i++) {
            Patient patient = people.get(i);
            String id = ids.get(i);
            acts.add(() -> Said.of(id, "cancel", BookingDesk.cancel(patient.token(), id)));
            acts.add(() -> Said.of(id, "cancel", BookingDesk.cancel(patient.token(), id)));
            acts.add(() -> Said.of(id, "move", move(patient, id, slots.get(1))));
            acts.add(() -> Said.of(id, "move", move(patient, id, slots.get(2))));
            acts.add(() -> Said.of(id, "check-in", terminal(hospital, id)));
            acts.add(() -> visit(hospital, id, "ARRIVED", time(8, 0)));
            if (i % 3 == 0) {
                acts.add(() -> {
                    BookingDesk.answer(id, "REFUSED");
                    return new Said(id, "refuse", 200, "", null);
                });
            }
        }
        List<Said> said = Said.all(acts, random);
        int moved = 0;
        int there = 0;
        int blocked = 0;
        for (String id : ids) {
            List<Said> moves = Said.in(said, id, "move", 201);
            switch (status(id)) {
                case "CANCELLED" -> {
                    assertThat(moves).hasSizeLessThan(2);
                    assertThat(Said.in(said, id, "cancel", 200))
                            .as("the same answer again")
                            .hasSize(2);
                    assertThat(Said.in(said, id, "check-in", 409)).hasSize(1);
                    assertThat(ticket(id)).isEqualTo("none");
                    for (Said move : moves) {
                        assertThat(status(move.id())).isEqualTo("BOOKED");
                        moved++;
                    }
                }
                case "CHECKED_IN" -> {
                    there++;
                    assertThat(moves).isEmpty();
                    assertThat(Said.in(said, id, "cancel", 409)).hasSize(2);
                    assertThat(Said.in(said, id, "check-in", 200)).hasSize(1);
                    assertThat(ticket(id)).isEqualTo("WAITING");
                }
                case "REFUSED" -> {
                    blocked++;
                    assertThat(moves).isEmpty();
                    assertThat(Said.in(said, id, "cancel", 409)).hasSize(2);
                    assertThat(ticket(id)).isEqualTo("none");
                }
                default -> throw new AssertionError(status(id));
            }
        }
        assertThat(units(pool, hospital))
                .isEqualTo(new BookingDesk.Units(120, moved + there, 0, blocked, moved + there + blocked));
        assertThat(numbers(hospital)).hasSize(there).doesNotHaveDuplicates();
    }

    private List<String> numbers(Schedules hospital) {
        return rows(
                        "select t.band, t.number from queue_ticket t join clinic_session e on e.id = t.session_id"
                                + " where e.hospital = $1",
                        hospital.source())
                .stream()
                .map(row -> row.getInteger(0) + "." + row.getInteger(1))
                .toList();
    }

    @Test
    void once_the_band_has_begun_who_came_is_there_whatever_else_is_said() throws Exception {
        Schedules hospital = Schedules.fresh().morning(day, 4, 30).say();
        List<String> slots = slots(hospital);
        List<Patient> people = patients.adults(BOOKINGS);
        List<UUID> identities = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Patient each : people) {
            UUID identity = UUID.randomUUID();
            BookingDesk.linked(pool, identity, hospital.source(), each.person());
            identities.add(identity);
            ids.add(booked(each, slots.get(0)));
        }
        at(day, 8, 40);
        List<Callable<Said>> acts = new ArrayList<>();
        for (int i = 0; i < BOOKINGS; i++) {
            Patient patient = people.get(i);
            String id = ids.get(i);
            UUID identity = identities.get(i);
            acts.add(() -> noShow(hospital, identity, id));
            acts.add(() -> noShow(hospital, identity, id));
            acts.add(() -> Said.of(id, "cancel", BookingDesk.cancel(patient.token(), id)));
            acts.add(() -> Said.of(id, "move", move(patient, id, slots.get(3))));
            if (i % 2 == 0) {
                acts.add(() -> Said.of(id, "check-in", terminal(hospital, id)));
                acts.add(() -> visit(hospital, id, "ARRIVED", time(8, 40)));
            }
        }
        List<Said> said = Said.all(acts, random);
        for (int i = 0; i < BOOKINGS; i++) {
            String id = ids.get(i);
            assertThat(status(id)).isEqualTo(i % 2 == 0 ? "CHECKED_IN" : "MISSED");
            assertThat(ticket(id)).isEqualTo(i % 2 == 0 ? "WAITING" : "none");
            assertThat(rows("select missed_at is not null from appointment where id = $1", UUID.fromString(id))
                            .get(0)
                            .getBoolean(0))
                    .as("a mark")
                    .isEqualTo(i % 2 != 0);
            assertThat(Said.in(said, id, "cancel", 409)).hasSize(1);
            assertThat(Said.in(said, id, "move", 409)).hasSize(1);
        }
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(120, BOOKINGS, 0, 0, BOOKINGS));
        assertThat(numbers(hospital)).hasSize(BOOKINGS / 2).doesNotHaveDuplicates();
    }

    @Test
    void when_quotas_flow_back_what_is_given_up_is_theirs_who_wait_however_many_others_ask() throws Exception {
        Schedules hospital =
                Schedules.fresh().hospital("流回医院" + UUID.randomUUID()).say();
        OwnRules.onlyTheApp(pool, hospital.source(), 20);
        // Of 10 units 8 are on pre-booking, two of them reserved.
        hospital.morning(day, 1, 10).say();
        String slot = slots(hospital).get(0);
        Schedules other = Schedules.fresh().morning(day, 1, 10).say();
        List<Patient> people = patients.adults(6);
        List<String> ids = people.stream().map(each -> booked(each, slot)).toList();
        List<Patient> waiting = patients.adults(4);
        waiting.forEach(each -> ModelRun.as(each.token())
                .body(Map.of("slotId", slot))
                .post("/v1/waiting-entries")
                .then()
                .statusCode(201));
        List<Patient> others = patients.adults(8);
        Patient mover = patients.adult();
        String elsewhere = booked(mover, slots(other).get(0));
        at(day.minusDays(1), 18, 0);
        List<Callable<Said>> acts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Patient patient = people.get(i);
            String id = ids.get(i);
            acts.add(() -> Said.of(id, "cancel", BookingDesk.cancel(patient.token(), id)));
            acts.add(() -> Said.of(id, "cancel", BookingDesk.cancel(patient.token(), id)));
        }
        others.forEach(each -> acts.add(() -> Said.of("", "book", BookingDesk.book(each, slot))));
        acts.add(() -> Said.of(elsewhere, "move", move(mover, elsewhere, slot)));
        for (int i = 0; i < 4; i++) {
            acts.add(() -> {
                jobs.sweepHolds().await().indefinitely();
                jobs.sweepWaiting().await().indefinitely();
                return new Said("", "sweep", 200, "", null);
            });
        }
        List<Said> said = Said.all(acts, random);
        jobs.sweepWaiting().await().indefinitely();
        assertThat(said.stream()
                        .filter(each ->
                                each.what().equals("book") || each.what().equals("move")))
                .allSatisfy(each -> assertThat(each.problem()).isEqualTo("slot-full"));
        assertThat(status(elsewhere)).isEqualTo("BOOKED");
        assertThat(rows(
                                "select w.person from waiting_entry w join clinic_session e on e.id = w.session_id"
                                        + " where e.hospital = $1 and w.status = 'OFFERED'",
                                hospital.source())
                        .stream()
                        .map(row -> row.getUUID(0)))
                .as("two reserved units and two that were given up")
                .containsExactlyInAnyOrderElementsOf(
                        waiting.stream().map(Patient::person).toList());
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(10, 4, 4, 0, 8));
    }

    @Test
    void a_referral_that_everybody_ends_at_once_keeps_no_unit_unless_the_person_is_there() throws Exception {
        Schedules centre = Schedules.fresh().hospital("同时社区卫生服务中心").say();
        Schedules hospital =
                Schedules.fresh().hospital("同时医院" + UUID.randomUUID()).say();
        OwnRules.reserve(pool, hospital.source(), 50);
        hospital.morning(day, 4, 30).say();
        List<String> slots = slots(hospital);
        List<Patient> people = patients.adults(BOOKINGS);
        List<String> referrals = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Patient each : people) {
            BookingDesk.linked(pool, UUID.randomUUID(), centre.source(), each.person());
            Response made = refer(centre, hospital, each, slots.get(0));
            referrals.add(made.path("id"));
            ids.add(made.path("visit.appointment"));
        }
        at(day, 8, 0);
        List<Callable<Said>> acts = new ArrayList<>();
        for (int i = 0; i < BOOKINGS; i++) {
            Patient patient = people.get(i);
            String id = ids.get(i);
            String referral = "/v1/referrals/" + referrals.get(i);
            acts.add(() -> Said.of(id, "decline", act(hospital, referral + "/decline")));
            acts.add(() -> Said.of(id, "cancel", act(centre, referral + "/cancel")));
            acts.add(() -> Said.of(
                    id, "refuse", ModelRun.as(patient.token()).post(referral.replace("/v1/", "/v1/me/") + "/refuse")));
            acts.add(() -> Said.of(id, "move", move(patient, id, slots.get(1))));
            acts.add(() -> Said.of(id, "check-in", terminal(hospital, id)));
        }
        Said.all(acts, random);
        ReferralTime.runs();
        int there = 0;
        for (int i = 0; i < BOOKINGS; i++) {
            String state = rows("select status from referral where id = $1", UUID.fromString(referrals.get(i)))
                    .get(0)
                    .getString(0);
            boolean seen = status(ids.get(i)).equals("CHECKED_IN");
            assertThat(state).isIn(seen ? List.of("SEEN") : List.of("DECLINED", "CANCELLED"));
            there += seen ? 1 : 0;
        }
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(120, there, 0, 0, there));
    }

    private static Response refer(Schedules centre, Schedules hospital, Patient patient, String slot) {
        Response made = his(centre)
                .body(Map.of(
                        "toHospital",
                        hospital.source(),
                        "personId",
                        patient.person().toString(),
                        "direction",
                        "UP",
                        "urgency",
                        "ROUTINE",
                        "reason",
                        "胸闷三月",
                        "slotId",
                        slot))
                .post("/v1/referrals");
        made.then().statusCode(201);
        return made;
    }

    private static Response act(Schedules by, String path) {
        return his(by).body(Map.of("text", "不需要")).post(path);
    }

    private static RequestSpecification his(Schedules institution) {
        String source = institution.source();
        return ModelRun.as(TestTokens.client("his-" + source, "hospital", "", Map.of("source", source)));
    }
}
