package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.rush.RushConfig;
import cn.kangka.api.rush.Turns;
import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Clinic.Link;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Plans;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reminding people of their visits. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ReminderTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    Clinic clinic;

    @Inject
    Reminders reminders;

    @Inject
    Turns turns;

    @Inject
    RushConfig rush;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private LocalDate day;
    private Schedules hospital;
    private Patient patient;
    private String id;

    /** Somebody has booked a visit in six days, from 8:30 to 9:00, the first of four bands. */
    @BeforeEach
    void a_booking() {
        day = LocalDate.now(ZONE).plusDays(6);
        at(-6, 10, 0);
        ReminderTime.begins(pool);
        BookingDesk.ordersAreTaken();
        hospital = Schedules.fresh().morning(day, 4, 5).say();
        patient = patients.adult();
        id = booked(patient, slots(hospital).get(0));
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    /** Some days after the visit, or before it. */
    private void at(int days, int hour, int minute) {
        clock.set(day.plusDays(days).atTime(hour, minute).atZone(ZONE).toInstant());
    }

    private void at(int days, int hour, int minute, Runnable then) {
        at(days, hour, minute);
        then.run();
        ReminderTime.runs(pool);
    }

    private void runs(int days, int hour, int minute) {
        at(days, hour, minute, () -> {});
    }

    private OffsetDateTime time(int hour, int minute) {
        return day.atTime(LocalTime.of(hour, minute)).atZone(ZONE).toOffsetDateTime();
    }

    private void move(String slot) {
        id = given().auth()
                .oauth2(patient.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/appointments/" + id + "/reschedule")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void says(String status, OffsetDateTime start) {
        UUID identity = UUID.randomUUID();
        BookingDesk.linked(pool, identity, hospital.source(), patient.person());
        JsonArray ids = new JsonArray()
                .add(new JsonObject()
                        .put("system", "urn:kangka:appointment:" + hospital.source())
                        .put("value", "R-" + id))
                .add(new JsonObject().put("system", "urn:kangka:appointment").put("value", id));
        clinic.says(
                new Link(identity, hospital.source(), 1),
                new JsonObject()
                        .put("resourceType", "Appointment")
                        .put("identifier", ids)
                        .put("status", status)
                        .put("start", start.toString())
                        .put("end", start.plusMinutes(30).toString()));
    }

    /** Which reminders of a booking have come to {@code notification}, each message once; later none of those comes again. */
    private List<String> told(String booking) {
        Eventually.isTrue("all is delivered", () -> count("""
                select count(*)::int from outbox where parked_at is null and aggregate in (
                    select 'account:' || unnest(told) from booking_reminder where appointment = $1)
                """, booking) == 0);
        Pattern key = Pattern.compile("booking-reminder:" + booking + ":[0-9a-f-]{36}:(FIRST|EVE|LAST):");
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .map(asked -> key.matcher(asked.body()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    /** The message of that reminder. */
    private String message(String booking, String window) {
        told(booking);
        Pattern key = Pattern.compile("booking-reminder:" + booking + ":[0-9a-f-]{36}:" + window);
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .map(Neighbours.Asked::body)
                .filter(body -> key.matcher(body).find())
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    private static void assertWithdrawn(String booking, String window) {
        Pattern key = Pattern.compile("booking-reminder(:|%3A)" + booking + "(:|%3A)[0-9a-f-]{36}(:|%3A)" + window);
        Eventually.isTrue(
                window + " taken back",
                () -> Neighbours.NOTIFICATION.asked("DELETE", "/v1/notices/").stream()
                                .filter(asked -> key.matcher(asked.path()).find())
                                .count()
                        == 1);
    }

    private int count(String sql, String booking) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(UUID.fromString(booking)))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getInteger(0);
    }

    @Test
    void three_days_before_on_the_eve_and_two_hours_before_once_each() {
        runs(-3, 8, 29);
        assertThat(told(id)).isEmpty();
        runs(-3, 8, 31);
        runs(-3, 12, 0);
        assertThat(told(id)).containsExactly("FIRST");
        runs(-1, 17, 58);
        assertThat(told(id)).containsExactly("FIRST");
        runs(-1, 18, 1);
        runs(-1, 23, 59);
        runs(0, 0, 1);
        runs(0, 6, 28);
        assertThat(told(id)).containsExactly("FIRST", "EVE");
        runs(0, 6, 31);
        runs(0, 8, 29);
        assertThat(told(id)).containsExactly("FIRST", "EVE", "LAST");
        assertThat(message(id, "LAST"))
                .contains(
                        "\"class\":\"REMINDER\"", "\"expiresAt\":\"" + day + "T08:30", "\"start\":\"" + day + "T08:30")
                .contains(patient.account().toString(), "/appointments/" + id);
    }

    @Test
    void who_books_inside_a_window_is_not_reminded_by_it() {
        List<Patient> others = patients.adults(3);
        List<String> late = new ArrayList<>();
        at(-3, 9, 0, () -> late.add(booked(others.get(0), slots(hospital).get(0))));
        at(-1, 18, 30, () -> late.add(booked(others.get(1), slots(hospital).get(0))));
        at(0, 7, 0, () -> late.add(booked(others.get(2), slots(hospital).get(0))));
        runs(0, 8, 29);

        assertThat(told(late.get(0))).containsExactly("EVE", "LAST");
        assertThat(told(late.get(1))).containsExactly("LAST");
        assertThat(told(late.get(2))).isEmpty();
    }

    @Test
    void who_cancelled_is_not_reminded_and_what_is_not_sent_yet_is_taken_back() {
        Patient other = patients.adult();
        String before = booked(other, slots(hospital).get(1));
        cancel(other.token(), before).then().statusCode(200);
        runs(-3, 9, 1);
        assertThat(told(id)).containsExactly("FIRST");
        at(-2, 12, 0, () -> cancel(patient.token(), id).then().statusCode(200));
        assertWithdrawn(id, "FIRST");
        runs(-1, 18, 1);
        runs(0, 8, 29);

        assertThat(told(before)).isEmpty();
        assertThat(told(id)).containsExactly("FIRST");
    }

    @Test
    void a_refused_and_a_stopped_booking_are_not_reminded_of() {
        Patient other = patients.adult();
        String stopped = booked(other, slots(hospital).get(1));
        runs(-3, 9, 31);
        assertThat(told(stopped)).containsExactly("FIRST");
        at(-2, 12, 0, () -> BookingDesk.answer(id, "REFUSED"));
        assertWithdrawn(id, "FIRST");
        at(-1, 12, 0, () -> given().auth()
                .oauth2(Agent.supervisor("reminder-supervisor").token())
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "hospital",
                        hospital.source(),
                        "from",
                        day.toString(),
                        "to",
                        day.toString(),
                        "reason",
                        "医生急诊手术"))
                .post("/v1/stops")
                .then()
                .statusCode(201));
        assertWithdrawn(stopped, "FIRST");
        runs(-1, 18, 1);
        runs(0, 8, 29);

        assertThat(told(id)).containsExactly("FIRST");
        assertThat(told(stopped)).containsExactly("FIRST");
    }

    @Test
    void a_moved_booking_is_reminded_of_its_new_time_only() {
        hospital.session("S2", "D1", "CARD", day.plusDays(1), true)
                .bands("S2", day.plusDays(1), true, 1, 5)
                .say();
        runs(-3, 9, 0);
        String old = id;
        at(-3, 12, 0, () -> move(slots(hospital).get(4)));
        assertWithdrawn(old, "FIRST");
        runs(-2, 8, 31);
        runs(-1, 18, 1);
        assertThat(told(id)).containsExactly("FIRST");
        runs(0, 18, 1);
        runs(1, 6, 31);

        assertThat(told(old)).containsExactly("FIRST");
        assertThat(told(id)).containsExactly("FIRST", "EVE", "LAST");
        assertThat(message(id, "LAST")).contains("\"start\":\"" + day.plusDays(1) + "T08:30");
    }

    @Test
    void the_time_that_the_hospital_says_is_what_people_are_reminded_of() {
        runs(-3, 9, 0);
        at(-2, 12, 0, () -> says("booked", time(9, 30)));
        assertWithdrawn(id, "FIRST");
        runs(-1, 18, 1);
        assertThat(message(id, "EVE")).contains("\"start\":\"" + day + "T09:30");
        at(-1, 20, 0, () -> says("booked", time(13, 0)));
        assertWithdrawn(id, "EVE");
        runs(0, 6, 31);
        runs(0, 7, 31);
        assertThat(told(id)).containsExactly("FIRST", "EVE");
        runs(0, 11, 1);

        assertThat(told(id)).containsExactly("FIRST", "EVE", "LAST");
        assertThat(message(id, "LAST")).contains("\"start\":\"" + day + "T13:00");
    }

    @Test
    void who_is_there_is_not_reminded_of_what_they_came_for() {
        runs(0, 6, 29);
        assertThat(told(id)).containsExactly("EVE");
        UUID identity = UUID.randomUUID();
        BookingDesk.linked(pool, identity, hospital.source(), patient.person());
        at(0, 6, 29, () -> BookingDesk.visit(identity, hospital.source(), "ARRIVED", time(6, 29)));
        assertWithdrawn(id, "EVE");
        runs(0, 6, 32);

        assertThat(told(id)).containsExactly("EVE");
    }

    @Test
    void carers_are_reminded_for_whom_they_booked() {
        UUID child = UUID.randomUUID();
        run(
                "insert into person (id, version, status, sex, birth_date) values ($1, 1, 'ACTIVE', 'FEMALE', $2)",
                child,
                day.minusYears(6));
        run(
                "insert into dependant (id, account, person, relation, kind, status, made_at, agreed_at)"
                        + " values (gen_random_uuid(), $1, $2, 'CHILD', 'MINOR', 'ACTIVE', now(), now())",
                patient.account(),
                child);
        String booking = BookingDesk.book(
                        patient.token(),
                        UUID.randomUUID().toString(),
                        Map.of("slotId", slots(hospital).get(1), "personId", child.toString()))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        runs(-1, 18, 1);

        assertThat(message(booking, "EVE"))
                .contains(patient.account().toString(), child.toString(), "booking-reminder");
    }

    @Test
    void what_was_due_while_nothing_ran_is_told_late_but_by_the_nearest_window_only() {
        runs(-1, 19, 0);
        assertThat(told(id)).containsExactly("EVE");
        runs(0, 9, 0);
        assertThat(told(id)).containsExactly("EVE");
    }

    @Test
    void however_many_replicas_remind_everybody_is_told_once() throws Exception {
        List<String> bookings = new ArrayList<>(List.of(id));
        patients.adults(7)
                .forEach(each -> bookings.add(booked(each, slots(hospital).get(bookings.size() / 5))));
        at(-1, 18, 1);
        int replicas = 4;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(replicas);
        try {
            List<CompletableFuture<Void>> runs = IntStream.range(0, replicas)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                await(start);
                                IntStream.range(0, 5)
                                        .forEach(n -> reminders.remind().await().indefinitely());
                            },
                            threads))
                    .toList();
            start.countDown();
            CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new)).get();
        } finally {
            threads.shutdown();
        }
        ReminderTime.runs(pool);

        assertThat(bookings).allSatisfy(each -> assertThat(told(each)).containsExactly("EVE"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void in_a_rush_reminders_wait() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        runs(-1, 17, 59);
        clock.move(Duration.ofMillis(59_700));
        List<CompletableFuture<Void>> booking = IntStream.rangeClosed(0, rush.bookingsAtOnce())
                .mapToObj(i -> turns.inTurn(waited -> Uni.createFrom().completionStage(gate))
                        .subscribeAsCompletionStage())
                .toList();
        clock.move(Duration.ofMillis(400));
        int done = reminders.remind().await().indefinitely();
        int noted = count("select count(*)::int from booking_reminder where appointment = $1 and kind = 'EVE'", id);
        gate.complete(null);
        booking.forEach(CompletableFuture::join);
        assertThat(done).isZero();
        assertThat(noted).isZero();

        runs(-1, 18, 1);
        assertThat(told(id)).containsExactly("FIRST", "EVE");
    }

    @Test
    void what_is_over_is_forgotten() {
        runs(-1, 18, 1);
        at(1, 12, 0);
        Eventually.isTrue("forgotten", () -> reminders.forget().await().indefinitely() == 0);

        assertThat(count("select count(*)::int from booking_reminder where appointment = $1", id))
                .isZero();
    }

    @Test
    void what_is_due_is_found_by_an_index() throws SQLException {
        String plan = Plans.explain(
                url,
                password,
                ReminderStore.DUE,
                List.of("now()", "'" + new UUID(0, 0) + "'", "now() + interval '3 days'", "1000"));

        assertThat(plan).contains("ix_appointment_booked_visit_at").doesNotContain("Seq Scan", "Sort");
    }

    private void run(String sql, Object... parameters) {
        pool.preparedQuery(sql).execute(Tuple.from(parameters)).await().indefinitely();
    }
}
