package cn.kangka.api.queue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests do at a clinic: book, check in, call, look. */
final class QueueDesk {
    private final Pool pool;
    private final Schedules hospital;
    private final List<String> slots;

    QueueDesk(Pool pool, Schedules hospital) {
        this.pool = pool;
        this.hospital = hospital;
        this.slots = given().get("/v1/slots?limit=200&hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    Schedules hospital() {
        return hospital;
    }

    String slot(int band) {
        return slots.get(band);
    }

    /** A booking in a band of the hospital's only session. */
    String booked(Patient patient, int band) {
        return given().auth()
                .oauth2(patient.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slots.get(band)))
                .post("/v1/appointments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    String terminal() {
        return TestTokens.client(
                "terminal-" + hospital.source(), "terminal", "card-codes:verify", Map.of("source", hospital.source()));
    }

    /** The code on the wall now. */
    String placeCode() {
        UUID department = row("select id from department where hospital = $1", Tuple.of(hospital.source()))
                .getUUID(0);
        return as(terminal())
                .get("/v1/check-in-places/" + department + "/code")
                .then()
                .statusCode(200)
                .extract()
                .path("code");
    }

    Response checkIn(Patient patient, String appointment) {
        return checkIn(patient.token(), appointment, placeCode());
    }

    static Response checkIn(String token, String appointment, String code) {
        return as(token).body(Map.of("placeCode", code)).post("/v1/appointments/" + appointment + "/check-in");
    }

    Response atTerminal(Map<String, ?> request) {
        return as(terminal()).body(request).post("/v1/check-ins");
    }

    static Response position(Patient patient, String appointment) {
        return as(patient.token()).get("/v1/appointments/" + appointment + "/queue");
    }

    UUID session() {
        return row("select id from clinic_session where hospital = $1", Tuple.of(hospital.source()))
                .getUUID(0);
    }

    Response next(String key, String room) {
        return as(terminal())
                .header("Idempotency-Key", key)
                .body(Map.of("room", room))
                .post("/v1/queues/" + session() + "/next");
    }

    /** The booking that is called; null when nobody waits. */
    String next(String room) {
        return next(UUID.randomUUID().toString(), room)
                .then()
                .statusCode(200)
                .extract()
                .path("called.appointment");
    }

    Response passed(String appointment) {
        return tell("passed", appointment);
    }

    Response done(String appointment) {
        return tell("done", appointment);
    }

    private Response tell(String what, String appointment) {
        return as(terminal()).body(Map.of("appointment", appointment)).post("/v1/queues/" + session() + "/" + what);
    }

    Response board() {
        return given().get("/v1/queues/" + session() + "/board");
    }

    /** Those who wait, in the order in which they will be called. */
    List<String> waiting() {
        return pool
                .preparedQuery("select appointment::text from queue_ticket where session_id = $1 and state = 'WAITING'"
                        + " order by turn_band, turn")
                .execute(Tuple.of(session()))
                .await()
                .indefinitely()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    String status(String appointment) {
        return row("select status from appointment where id = $1", Tuple.of(UUID.fromString(appointment)))
                .getString(0);
    }

    boolean marked(String appointment) {
        return row(
                        "select missed_at is not null from appointment where id = $1",
                        Tuple.of(UUID.fromString(appointment)))
                .getBoolean(0);
    }

    private Row row(String sql, Tuple arguments) {
        var rows = pool.preparedQuery(sql).execute(arguments).await().indefinitely();
        assertThat(rows.size()).isEqualTo(1);
        return rows.iterator().next();
    }

    /** The hospital's clinics of a day are stopped. */
    static Response stop(Schedules hospital, LocalDate day) {
        return as(TestTokens.staff("super-zhao", "supervisor"))
                .body(Map.of(
                        "hospital", hospital.source(), "from", day.toString(), "to", day.toString(), "reason", "医生急诊"))
                .post("/v1/stops");
    }

    static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }
}
