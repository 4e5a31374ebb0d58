package cn.kangka.api.appointment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests do at the counter: look, book, cancel, and count the units afterwards. */
public final class BookingDesk {
    private BookingDesk() {}

    static List<String> slots(Schedules hospital) {
        return given().get("/v1/slots?limit=200&hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    /** The slots of one department, by start. */
    static List<String> slots(Schedules hospital, String department) {
        return given().get("/v1/slots?limit=200&hospital=" + hospital.source() + "&department=" + department)
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    /** From now on the fake index takes every order to a hospital. */
    public static void ordersAreTaken() {
        Neighbours.ordersAreTaken();
    }

    public static int free(String slot, Schedules hospital, String token) {
        var request = token == null ? given() : given().auth().oauth2(token);
        return request.get("/v1/slots?limit=200&hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("items.find { it.id == '" + slot + "' }.free");
    }

    public static Response book(Patient patient, String slot) {
        return book(patient.token(), UUID.randomUUID().toString(), Map.of("slotId", slot));
    }

    public static Response book(String token, String key, Map<String, ?> body) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(new HashMap<>(body))
                .post("/v1/appointments");
    }

    public static String booked(Patient patient, String slot) {
        return book(patient, slot).then().statusCode(201).extract().path("id");
    }

    public static Response cancel(String token, String appointment) {
        return given().auth().oauth2(token).post("/v1/appointments/" + appointment + "/cancel");
    }

    static Response read(String token, String appointment) {
        return given().auth().oauth2(token).get("/v1/appointments/" + appointment);
    }

    static void answer(String appointment, String outcome) {
        Schedules.event(
                appointment,
                "booking.answered",
                Schedules.object()
                        .put("appointment", appointment)
                        .put("outcome", outcome)
                        .put("reason", "医生停诊"));
    }

    static void visit(UUID identity, String source, String kind, OffsetDateTime at) {
        Schedules.event(
                identity.toString(),
                "visit.reported",
                Schedules.object()
                        .put("identity", identity.toString())
                        .put("source", source)
                        .put("kind", kind)
                        .put("at", at.toString()));
    }

    /** The person of the index, with one identity at the hospital. */
    static void linked(Pool pool, UUID identity, String source, UUID person) {
        pool.preparedQuery("insert into identity (id, source, person, link_version) values ($1, $2, $3, 1)")
                .execute(Tuple.of(identity, source, person))
                .await()
                .indefinitely();
    }

    public static void merge(UUID loser, UUID survivor) {
        Schedules.event(
                loser.toString(),
                "person.changed",
                Schedules.object()
                        .put("person", loser.toString())
                        .put("status", "MERGED")
                        .put("mergedInto", survivor.toString())
                        .put("suspect", false)
                        .put("sex", "FEMALE"));
    }

    /** Moves a booking to another slot. */
    static Response move(Patient patient, String booking, String slot) {
        return given().auth()
                .oauth2(patient.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/appointments/" + booking + "/reschedule");
    }

    /** The merge of the person is undone. */
    public static void revive(UUID person) {
        Schedules.event(
                person.toString(),
                "person.changed",
                Schedules.object()
                        .put("person", person.toString())
                        .put("status", "ACTIVE")
                        .put("suspect", false)
                        .put("sex", "FEMALE"));
    }

    /** Units of a hospital by use; the counters must agree with the rows they count. */
    public record Units(long capacity, long used, long held, long blocked, long taken) {}

    public static Units units(Pool pool, Schedules hospital) {
        Row slots = one(pool, """
                select coalesce(sum(s.capacity), 0)::bigint, coalesce(sum(s.used), 0)::bigint,
                    coalesce(sum(s.held), 0)::bigint, coalesce(sum(s.blocked), 0)::bigint
                from slot s where s.hospital = $1
                """, hospital);
        Row sessions = one(
                pool, "select coalesce(sum(taken_total), 0)::bigint from clinic_session where hospital = $1", hospital);
        Row bookings = one(pool, """
                select count(*) filter (where status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED')),
                    count(*) filter (where status = 'REFUSED')
                from appointment where hospital = $1
                """, hospital);
        Row holds = one(
                pool,
                "select count(*) from slot_hold h join slot s on s.id = h.slot_id where s.hospital = $1",
                hospital);
        Units units =
                new Units(slots.getLong(0), slots.getLong(1), slots.getLong(2), slots.getLong(3), sessions.getLong(0));
        assertThat(units.used()).isEqualTo(bookings.getLong(0));
        assertThat(units.blocked()).isEqualTo(bookings.getLong(1));
        assertThat(units.held()).isEqualTo(holds.getLong(0));
        assertThat(units.taken()).isEqualTo(units.used() + units.held() + units.blocked());
        return units;
    }

    private static Row one(Pool pool, String sql, Schedules hospital) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(hospital.source()))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }

    /** A hospital with so many doctors, each in a department of their own, all that morning. */
    static Schedules departments(LocalDate date, int count, int bands, int units) {
        return departments(Schedules.fresh().hospital("综合医院"), date, count, bands, units);
    }

    static Schedules departments(Schedules hospital, LocalDate date, int count, int bands, int units) {
        for (int i = 0; i < count; i++) {
            String code = "DEP" + i;
            hospital.department(code, "科室" + i)
                    .doctor("D" + i, "李医生" + i, "主治医师")
                    .role("D" + i, code)
                    .session("S" + i, "D" + i, code, date, true)
                    .bands("S" + i, date, true, bands, units);
        }
        return hospital.say();
    }
}
