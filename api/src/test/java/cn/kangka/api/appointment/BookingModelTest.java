package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.departments;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.BookingModel.Booked;
import cn.kangka.api.appointment.BookingModel.Entry;
import cn.kangka.api.appointment.BookingModel.Kept;
import cn.kangka.api.appointment.BookingModel.Session;
import cn.kangka.api.appointment.BookingModel.Slot;
import cn.kangka.api.testing.Agent;
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
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of everything that people, hospitals, staff and time do to one morning, against {@link BookingModel}: after
 * each act the answer, the units, the waiting lists and every booking's state are those of the model.
 */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class BookingModelTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int PEOPLE = 10;
    private static final int ACTS = 140;
    private static final int SESSIONS = 2;
    private static final int BANDS = 2;
    private static final int UNITS = 3;

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    AppointmentJobs jobs;

    private Random random;
    private BookingModel model;
    private Schedules hospital;
    private List<Patient> people;
    private Instant now;
    private final Map<Slot, String> slotIds = new IdentityHashMap<>();
    private final Map<Booked, String> bookingIds = new IdentityHashMap<>();
    private final Map<Kept, String> holdIds = new IdentityHashMap<>();
    private final Map<Entry, String> entryIds = new IdentityHashMap<>();
    private final Map<Integer, Integer> cancels = new HashMap<>();
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_happens_the_region_is_where_the_model_is(long seed) {
        random = new Random(seed);
        BookingDesk.ordersAreTaken();
        begin();
        try {
            for (int i = 0; i < ACTS; i++) {
                act();
                settle();
                compare();
            }
        } catch (AssertionError failure) {
            throw new AssertionError("seed " + seed + " after " + String.join(", ", done), failure);
        }
        assertThat(done.stream().map(each -> each.split(" ")[0]).distinct().count())
                .as("kinds of acts")
                .isGreaterThan(8);
    }

    /** Two departments tomorrow morning; quotas flow back somewhere in the middle. */
    private void begin() {
        LocalDate day = LocalDate.now(ZONE).plusDays(1);
        now = day.minusDays(1).atTime(17, 20).atZone(ZONE).toInstant();
        clock.set(now);
        hospital = Schedules.fresh().hospital("模型医院").say();
        one("update hospital set channel_percents = '{100,0,0,0,0}', referral_percent = 30 where id = $1 returning 1");
        departments(hospital, day, SESSIONS, BANDS, UNITS);
        people = patients.adults(PEOPLE);
        people.forEach(each -> patients.reportedOn(each, hospital.source(), now));
        model = new BookingModel(day.minusDays(1).atTime(18, 0).atZone(ZONE).toInstant());
        for (int i = 0; i < SESSIONS; i++) {
            Session session = session("DEP" + i);
            List<String> ids = slots(hospital, "DEP" + i);
            for (int j = 0; j < BANDS; j++) {
                Slot slot = new Slot(i, j, UNITS);
                session.slots.add(slot);
                slotIds.put(slot, ids.get(j));
            }
            model.sessions.add(session);
        }
    }

    private Session session(String department) {
        Row row = one("select e.bookable, e.reserved from clinic_session e join department d on d.id = e.department_id"
                + " where e.hospital = $1 and d.code = '" + department + "'");
        assertThat(row.getInteger(1)).isPositive();
        return new Session(row.getInteger(0), row.getInteger(1));
    }

    private Row one(String sql) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(hospital.source()))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }

    private void act() {
        int person = random.nextInt(PEOPLE);
        Slot slot = model.slot(random.nextInt(SESSIONS), random.nextInt(BANDS));
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3, 4, 5 -> book(person, slot, null);
            case 24, 25 -> followUp(person, slot);
            case 6, 7 -> hold(person, slot);
            case 8, 9 -> pick(holds()).ifPresent(hold -> book(hold.person, hold.slot, hold));
            case 10 -> pick(holds()).ifPresent(this::release);
            case 11, 12, 13 -> pick(model.bookings).filter(this::mayCancel).ifPresent(this::cancel);
            case 14, 15 -> pick(model.bookings).filter(this::mayCancel).ifPresent(booking -> move(booking, slot));
            case 16, 17, 18 -> enter(person, slot.session);
            case 19 -> leave(person, slot.session);
            case 20 -> pick(model.bookings).ifPresent(this::refuse);
            case 21 -> pick(model.bookings).ifPresent(this::arrive);
            case 22 -> pass();
            default -> stopSometimes(slot.session);
        }
    }

    private <T> java.util.Optional<T> pick(List<T> all) {
        return all.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(all.get(random.nextInt(all.size())));
    }

    private List<Kept> holds() {
        return model.kept.stream().filter(each -> each.entry == null).toList();
    }

    /** Three late cancels would pause the person, which is another test's matter. */
    private boolean mayCancel(Booked booking) {
        return !booking.status.equals("BOOKED") || cancels.getOrDefault(booking.person, 0) < 2;
    }

    private static String outcome(Response answer) {
        String type = answer.statusCode() < 400 ? "" : answer.jsonPath().getString("type");
        return (answer.statusCode() + " " + type.replaceAll(".*/problems/", "")).strip();
    }

    private Response send(int person, String path, Map<String, ?> body) {
        return given().auth()
                .oauth2(people.get(person).token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }

    private void expect(String what, String expected, Response answer) {
        done.add(what + " -> " + expected);
        assertThat(outcome(answer)).as(what).isEqualTo(expected);
    }

    private void book(int person, Slot slot, Kept hold) {
        Map<String, String> body = new HashMap<>(Map.of("slotId", slotIds.get(slot)));
        if (hold != null) {
            body.put("holdId", holdIds.get(hold));
        }
        String expected = model.book(person, slot, hold, now);
        Response answer = send(person, "/v1/appointments", body);
        expect((hold == null ? "book " : "confirm ") + person + "@" + name(slot), expected, answer);
        if (expected.equals("201")) {
            bookingIds.put(model.bookings.get(model.bookings.size() - 1), answer.path("id"));
        }
    }

    private void followUp(int person, Slot slot) {
        String expected = model.followUp(person, slot, now);
        Response answer = given().auth()
                .oauth2(TestTokens.client("his-model", "hospital", "", Map.of("source", hospital.source())))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "slotId",
                        slotIds.get(slot),
                        "personId",
                        people.get(person).person().toString()))
                .post("/v1/follow-ups");
        expect("follow-up " + person + "@" + name(slot), expected, answer);
        if (expected.equals("201")) {
            bookingIds.put(model.bookings.get(model.bookings.size() - 1), answer.path("id"));
        }
    }

    private static String name(Slot slot) {
        return slot.session + "." + slot.number;
    }

    private void hold(int person, Slot slot) {
        String expected = model.hold(person, slot, now);
        Response answer = send(person, "/v1/holds", Map.of("slotId", slotIds.get(slot)));
        expect("hold " + person + "@" + name(slot), expected, answer);
        if (expected.equals("201")) {
            holdIds.put(model.kept.get(model.kept.size() - 1), answer.path("id"));
        }
    }

    private void release(Kept hold) {
        model.release(hold, now);
        Response answer =
                given().auth().oauth2(people.get(hold.person).token()).delete("/v1/holds/" + holdIds.get(hold));
        expect("release " + hold.person + "@" + name(hold.slot), "204", answer);
    }

    private void cancel(Booked booking) {
        boolean first = booking.status.equals("BOOKED");
        String expected = model.cancel(booking, now);
        expect(
                "cancel " + booking.person + "@" + name(booking.slot),
                expected,
                send(booking.person, "/v1/appointments/" + bookingIds.get(booking) + "/cancel", Map.of()));
        if (first) {
            cancels.merge(booking.person, 1, Integer::sum);
        }
    }

    private void move(Booked booking, Slot slot) {
        String expected = model.move(booking, slot, now);
        Response answer = send(
                booking.person,
                "/v1/appointments/" + bookingIds.get(booking) + "/reschedule",
                Map.of("slotId", slotIds.get(slot)));
        expect("move " + booking.person + "@" + name(booking.slot) + ">" + name(slot), expected, answer);
        if (expected.equals("201")) {
            cancels.merge(booking.person, 1, Integer::sum);
            bookingIds.put(model.bookings.get(model.bookings.size() - 1), answer.path("id"));
        }
    }

    private void enter(int person, int session) {
        int before = model.entries.size();
        String expected = model.enter(person, session);
        Response answer = send(person, "/v1/waiting-entries", Map.of("slotId", slotIds.get(model.slot(session, 0))));
        expect("enter " + person + "@" + session, expected, answer);
        if (model.entries.size() > before) {
            entryIds.put(model.entries.get(before), answer.path("id"));
        }
    }

    private void leave(int person, int session) {
        model.entry(person, session).ifPresent(entry -> {
            model.leave(entry, session, now);
            expect(
                    "leave " + person + "@" + session,
                    "204",
                    given().auth()
                            .oauth2(people.get(person).token())
                            .delete("/v1/waiting-entries/" + entryIds.get(entry)));
        });
    }

    private void refuse(Booked booking) {
        done.add("refuse " + booking.person + "@" + name(booking.slot));
        model.refused(booking);
        BookingDesk.answer(bookingIds.get(booking), "REFUSED");
    }

    private void arrive(Booked booking) {
        if (!booking.status.equals("BOOKED")) {
            return;
        }
        done.add("arrive " + booking.person + "@" + name(booking.slot));
        model.arrived(booking);
        Schedules.event(
                UUID.randomUUID().toString(),
                "visit.reported",
                Schedules.object()
                        .put("identity", UUID.randomUUID().toString())
                        .put("source", hospital.source())
                        .put("kind", "ARRIVED")
                        .put("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC).toString())
                        .put("appointment", bookingIds.get(booking)));
    }

    /** Some minutes; the evening ends before lists are cleared. */
    private void pass() {
        Instant later = now.plusSeconds(60L * (1 + random.nextInt(12)));
        if (later.isBefore(
                now.atZone(ZONE).toLocalDate().atTime(22, 20).atZone(ZONE).toInstant())) {
            done.add("pass");
            now = later;
        }
    }

    /** Late in the sequence, and seldom: nothing happens in a stopped session any more. */
    private void stopSometimes(int session) {
        if (done.size() < ACTS * 2 / 3 || model.sessions.get(session).stopped || random.nextInt(3) > 0) {
            return;
        }
        done.add("stop " + session);
        model.stop(session);
        String day = now.atZone(ZONE).toLocalDate().plusDays(1).toString();
        String department = one("select id from department where hospital = $1 and code = 'DEP" + session + "'")
                .getUUID(0)
                .toString();
        Map<String, String> body =
                Map.of("hospital", hospital.source(), "department", department, "from", day, "to", day, "reason", "模型");
        given().auth()
                .oauth2(Agent.supervisor("model-supervisor").token())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/stops")
                .then()
                .statusCode(201);
    }

    /** A second later the jobs run. */
    private void settle() {
        now = now.plusSeconds(1);
        clock.set(now);
        model.settle(now);
        jobs.sweepHolds().await().indefinitely();
        jobs.sweepWaiting().await().indefinitely();
    }

    private void compare() {
        String last = done.isEmpty() ? "the beginning" : done.get(done.size() - 1);
        units(pool, hospital);
        StringBuilder state = new StringBuilder();
        for (int i = 0; i < SESSIONS; i++) {
            Row session =
                    one("select e.taken_total, e.reserved_taken, e.waiting from clinic_session e join department d"
                            + " on d.id = e.department_id where e.hospital = $1 and d.code = 'DEP" + i + "'");
            state.append(session.getInteger(0))
                    .append('/')
                    .append(session.getInteger(1))
                    .append('/')
                    .append(session.getInteger(2));
            for (Row slot : pool.preparedQuery("select s.used, s.held, s.blocked from slot s join department d"
                            + " on d.id = s.department_id where s.hospital = $1 and d.code = 'DEP" + i
                            + "' order by s.start_at")
                    .execute(Tuple.of(hospital.source()))
                    .await()
                    .indefinitely()) {
                state.append(' ')
                        .append(slot.getInteger(0))
                        .append('+')
                        .append(slot.getInteger(1))
                        .append('+')
                        .append(slot.getInteger(2));
            }
            state.append('\n');
        }
        assertThat(state.toString()).as("units after " + last).isEqualTo(model.state());
        Map<String, String> expected = new HashMap<>();
        model.bookings.forEach(each -> expected.put(bookingIds.get(each), each.status));
        model.entries.forEach(each -> expected.put(entryIds.get(each), each.status));
        Map<String, String> actual = new HashMap<>();
        StreamSupport.stream(
                        pool.preparedQuery("select id, status from appointment where hospital = $1 union all"
                                        + " select w.id, w.status from waiting_entry w join clinic_session e"
                                        + " on e.id = w.session_id where e.hospital = $1")
                                .execute(Tuple.of(hospital.source()))
                                .await()
                                .indefinitely()
                                .spliterator(),
                        false)
                .forEach(row -> actual.put(row.getUUID(0).toString(), row.getString(1)));
        assertThat(actual).as("states after " + last).isEqualTo(expected);
    }
}
