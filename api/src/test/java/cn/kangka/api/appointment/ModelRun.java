package cn.kangka.api.appointment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.ModelParts.Booked;
import cn.kangka.api.appointment.ModelParts.Slot;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** One random sequence: the region on one side, the models on the other, and which is which. */
final class ModelRun {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    final Random random;
    final Pool pool;
    final LocalDate day;
    final Schedules hospital;
    final Schedules centre;
    final List<Patient> people;
    final BookingModel bookings;
    final QueueModel queue;
    final DrawModel draw;
    final ReferralModel referrals;
    final Map<Slot, String> slotIds;
    final Map<Booked, String> bookingIds = new IdentityHashMap<>();
    final List<String> done = new ArrayList<>();
    private final Map<Integer, UUID> sessionIds = new HashMap<>();
    private Booked subject;
    private boolean stuck;
    Instant now;

    /** How often each kind of answer was given. */
    final Map<String, Integer> answers = new HashMap<>();

    ModelRun(ModelStart start) {
        this.random = start.random();
        this.pool = start.pool();
        this.day = start.day();
        this.hospital = start.hospital();
        this.centre = start.centre();
        this.people = start.people();
        this.bookings = start.model();
        this.slotIds = start.slotIds();
        this.now = start.now();
        this.queue = new QueueModel(bookings);
        this.draw = new DrawModel(bookings, bookings.sessions.size() - 1);
        this.referrals = new ReferralModel(bookings);
    }

    /** For some acts everything is about one booking and its person: what goes wrong, does so between acts on the same. */
    void stick(Booked booking) {
        subject = booking;
        stuck = booking != null;
    }

    private boolean again(int tenths) {
        return subject != null && (stuck || random.nextInt(10) < tenths);
    }

    /** Often whom the last acts were about. */
    int person() {
        return again(4) ? subject.person : random.nextInt(people.size());
    }

    int session() {
        return again(4) ? subject.slot.session : random.nextInt(bookings.sessions.size());
    }

    /** Often in the session where somebody is, or was, booked. */
    Slot slotFor(int person) {
        return subject != null && subject.person == person && random.nextInt(5) < 3
                ? slot(subject.slot.session)
                : slot();
    }

    /** A booking, often the last one or one that stands. */
    Optional<Booked> booking() {
        if (!again(6)) {
            List<Booked> standing =
                    bookings.bookings.stream().filter(Booked::counts).toList();
            pick(random.nextInt(4) == 0 ? bookings.bookings : standing).ifPresent(each -> subject = each);
        }
        return Optional.ofNullable(subject);
    }

    Slot slot() {
        return slot(stuck ? random.nextInt(bookings.sessions.size()) : session());
    }

    Slot slot(int session) {
        return bookings.slot(
                session, random.nextInt(bookings.sessions.get(session).slots.size()));
    }

    <T> Optional<T> pick(List<T> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    static Instant at(LocalDate date, int hour, int minute) {
        return date.atTime(LocalTime.of(hour, minute)).atZone(ZONE).toInstant();
    }

    RequestSpecification as(int person) {
        return as(people.get(person).token());
    }

    /** A system of an institution. */
    RequestSpecification as(Schedules institution) {
        return as(TestTokens.client(
                "his-" + institution.source(), "hospital", "", Map.of("source", institution.source())));
    }

    static RequestSpecification as(String token) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON);
    }

    /** The same act at the region gives the answer that the model gave. */
    Response expect(String what, String expected, Response answer) {
        done.add(what + " -> " + expected);
        answers.merge(what.split(" ")[0] + " " + expected, 1, Integer::sum);
        String type = answer.statusCode() < 400 ? "" : answer.jsonPath().getString("type");
        String outcome = (answer.statusCode() + " " + type.replaceAll(".*/problems/", "")).strip();
        assertThat(outcome).as(what).isEqualTo(expected);
        return answer;
    }

    /** What is not answered. */
    void did(String what) {
        done.add(what);
        answers.merge(what.split(" ")[0], 1, Integer::sum);
    }

    static String name(Slot slot) {
        return slot.session + "." + slot.number;
    }

    static String name(Booked booking) {
        return booking.person + "@" + name(booking.slot);
    }

    List<Row> rows(String sql, Object... arguments) {
        Tuple tuple = Tuple.tuple();
        for (Object each : arguments) {
            tuple.addValue(each);
        }
        return StreamSupport.stream(
                        pool.preparedQuery(sql)
                                .execute(tuple)
                                .await()
                                .indefinitely()
                                .spliterator(),
                        false)
                .toList();
    }

    UUID sessionId(int session) {
        return sessionIds.computeIfAbsent(session, number -> rows(
                        "select session_id from slot where id = $1",
                        UUID.fromString(slotIds.get(bookings.slot(number, 0))))
                .get(0)
                .getUUID(0));
    }

    int personOf(UUID id) {
        return people.stream().map(Patient::person).toList().indexOf(id);
    }
}
