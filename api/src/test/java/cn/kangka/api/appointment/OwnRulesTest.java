package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.read;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Agent;
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
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every rule may be a hospital's own: from when it holds, and that whoever it stops is told its value. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class OwnRulesTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String SUPERVISOR =
            Agent.supervisor("rules-supervisor").token();

    @Inject
    MovableClock clock;

    @Inject
    Patients patients;

    @Inject
    Pool pool;

    private LocalDate today;
    private LocalDate day;

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

    private static Response policies(Schedules hospital) {
        return given().auth().oauth2(SUPERVISOR).get("/v1/hospitals/" + hospital.source() + "/policies");
    }

    private static Response put(Schedules hospital, Map<String, Integer> values) {
        return given().auth()
                .oauth2(SUPERVISOR)
                .contentType(ContentType.JSON)
                .header("If-Match", policies(hospital).header("ETag"))
                .body(Map.of("values", values))
                .put("/v1/hospitals/" + hospital.source() + "/policies");
    }

    private static void set(Schedules hospital, Map<String, Integer> values) {
        put(hospital, values).then().statusCode(200);
    }

    /** A second morning of the hospital's doctor. */
    private static void publishes(Schedules hospital, String session, LocalDate date, int units) {
        hospital.session(session, "D1", "CARD", date, true)
                .bands(session, date, true, 1, units)
                .say();
    }

    private Row session(Schedules hospital, String code) {
        return one("select * from clinic_session where hospital = $1 and code = $2", hospital.source(), code);
    }

    private Row one(String sql, String... parameters) {
        return pool.preparedQuery(sql)
                .execute(Tuple.tuple(List.of((Object[]) parameters)))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }

    private OffsetDateTime time(Schedules hospital, String code, String column) {
        return session(hospital, code)
                .getOffsetDateTime(column)
                .atZoneSameInstant(ZONE)
                .toOffsetDateTime();
    }

    private static OffsetDateTime on(LocalDate date, int hour, int minute) {
        return date.atTime(hour, minute).atZone(ZONE).toOffsetDateTime();
    }

    private static OffsetDateTime said(JsonPath answer, String field) {
        return OffsetDateTime.parse(answer.getString(field));
    }

    private static JsonPath asked(Patient patient, String path) {
        return given().auth()
                .oauth2(patient.token())
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Response post(Patient patient, String path, Map<String, ?> body) {
        return given().auth()
                .oauth2(patient.token())
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }

    @Test
    void every_rule_is_there_with_its_unit_its_range_and_when_a_change_holds() {
        JsonPath answer = policies(Schedules.fresh().morning(day, 1, 1).say()).jsonPath();

        assertThat(answer.getList("items.rule"))
                .doesNotHaveDuplicates()
                .contains(
                        "appointment.band-minutes",
                        "appointment.prebooking-percent",
                        "appointment.quota-app",
                        "appointment.quota-web",
                        "appointment.flow-back-time",
                        "appointment.horizon-days",
                        "appointment.release-time",
                        "appointment.hold-minutes",
                        "appointment.cancel-deadline",
                        "appointment.appeal-days",
                        "appointment.waiting-closes",
                        "appointment.check-in-opens-minutes",
                        "appointment.requeue-behind",
                        "draw.window-days");
        assertThat(answer.getList("items.own")).containsOnlyNulls();
        assertThat(answer.getMap("items.find { it.rule == 'appointment.cancel-deadline' }"))
                .containsEntry("region", 15 * 60)
                .containsEntry("unit", "TIME")
                .containsEntry("topic", "BOOKING")
                .containsEntry("begins", "PUBLISHED");
        assertThat(answer.getMap("items.find { it.rule == 'appointment.horizon-days' }"))
                .containsEntry("least", 1)
                .containsEntry("most", 28);
    }

    @Test
    void values_that_do_not_go_together_are_named() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 1).say();

        put(hospital, Map.of("appointment.quota-app", 70, "appointment.horizon-days", 29))
                .then()
                .statusCode(422)
                .body("violations.field", equalTo(List.of("values.appointment.horizon-days")));
        put(hospital, Map.of("appointment.quota-app", 70))
                .then()
                .statusCode(422)
                .body("violations.field", equalTo(List.of("values.appointment.quota-app")))
                .body("violations[0].message", containsString("100"));
        put(hospital, Map.of("appointment.waiting-closes", 6 * 60))
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("values.appointment.waiting-closes"));
        assertThat(policies(hospital).jsonPath().getList("items.own")).containsOnlyNulls();
        set(hospital, Map.of("appointment.quota-app", 70, "appointment.quota-bank", 0));
    }

    @Test
    void release_and_deadlines_hold_for_sessions_that_are_published_afterwards() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 5).say();
        set(
                hospital,
                Map.of(
                        "appointment.horizon-days",
                        7,
                        "appointment.release-time",
                        8 * 60 + 30,
                        "appointment.flow-back-time",
                        12 * 60,
                        "appointment.cancel-deadline",
                        9 * 60));
        hospital.morning(day, 1, 6).say();
        publishes(hospital, "S2", day.plusDays(1), 5);

        assertThat(time(hospital, "S1", "release_at")).isEqualTo(on(day.minusDays(14), 18, 0));
        assertThat(time(hospital, "S1", "flow_back_at")).isEqualTo(on(day.minusDays(1), 18, 0));
        assertThat(time(hospital, "S1", "cancel_until")).isEqualTo(on(day.minusDays(1), 15, 0));
        assertThat(session(hospital, "S1").getInteger("capacity")).isEqualTo(6);
        assertThat(time(hospital, "S2", "release_at")).isEqualTo(on(day.minusDays(6), 8, 30));
        assertThat(time(hospital, "S2", "flow_back_at")).isEqualTo(on(day, 12, 0));
        assertThat(time(hospital, "S2", "cancel_until")).isEqualTo(on(day, 9, 0));
        given().get("/v1/hospitals/" + hospital.source())
                .then()
                .statusCode(200)
                .body("booking.horizonDays", equalTo(7))
                .body("booking.releaseTime", containsString("08:30"))
                .body("booking.cancelDeadline", containsString("09:00"))
                .body("booking.waiting.closes", containsString("23:00"));
    }

    @Test
    void who_is_early_is_told_when_the_hospital_releases() {
        Schedules hospital = Schedules.fresh().hospital("放号医院").say();
        set(hospital, Map.of("appointment.horizon-days", 2, "appointment.release-time", 12 * 60 + 15));
        hospital.morning(day, 1, 5).say();
        String slot = one("select s.id from slot s where s.hospital = $1", hospital.source())
                .getUUID(0)
                .toString();

        JsonPath refusal = book(patients.adult(), slot)
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.slot-not-released"))
                .body("detail", containsString(day.minusDays(2) + " 12:15"))
                .extract()
                .jsonPath();
        assertThat(said(refusal, "liftsAt")).isEqualTo(on(day.minusDays(2), 12, 15));
    }

    @Test
    void a_session_on_another_day_has_the_rules_of_now() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 5).say();
        set(hospital, Map.of("appointment.cancel-deadline", 9 * 60));
        hospital.morning(day.plusDays(1), 1, 5).say();

        assertThat(time(hospital, "S1", "cancel_until")).isEqualTo(on(day, 9, 0));
    }

    @Test
    void who_booked_keeps_the_deadline_that_was_promised() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 5).say();
        Patient early = patients.adult();
        String first = booked(early, slots(hospital).get(0));
        set(hospital, Map.of("appointment.cancel-deadline", 9 * 60));
        hospital.morning(day, 1, 5).say();
        publishes(hospital, "S2", day.plusDays(1), 5);
        Patient later = patients.adult();
        JsonPath second = book(later, slots(hospital).get(1))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();

        assertThat(said(read(early.token(), first).jsonPath(), "cancelUntil")).isEqualTo(on(day.minusDays(1), 15, 0));
        assertThat(said(second, "cancelUntil")).isEqualTo(on(day, 9, 0));
        at(day.minusDays(1), 14, 0);
        cancel(early.token(), first).then().statusCode(200).body("cancelUntil", nullValue());
        assertThat(asked(early, "/v1/me/marks").getList("items")).isEmpty();
        at(day, 10, 0);
        cancel(later.token(), second.getString("id")).then().statusCode(200);
        assertThat(asked(later, "/v1/me/marks").getList("items.kind")).containsExactly("LATE_CANCEL");
    }

    @Test
    void shares_and_quotas_hold_for_what_is_published_afterwards() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 10).say();
        set(
                hospital,
                Map.of(
                        "appointment.prebooking-percent", 50,
                        "appointment.quota-app", 100,
                        "appointment.quota-call-centre", 0,
                        "appointment.quota-bank", 0,
                        "appointment.quota-telecom", 0,
                        "appointment.quota-web", 0,
                        "appointment.referral-percent", 20));
        publishes(hospital, "S2", day.plusDays(1), 10);

        assertThat(session(hospital, "S1").getInteger("bookable")).isEqualTo(8);
        Row second = session(hospital, "S2");
        assertThat(second.getInteger("bookable")).isEqualTo(5);
        assertThat(second.getInteger("reserved")).isEqualTo(1);
        assertThat(second.getArrayOfIntegers("quota")).containsExactly(4, 0, 0, 0, 0);
    }

    @Test
    void a_hold_lasts_as_long_as_the_hospital_says_and_tells_what_is_promised() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 5).say();
        set(hospital, Map.of("appointment.hold-minutes", 2, "appointment.check-in-opens-minutes", 90));
        JsonPath hold = post(
                        patients.adult(),
                        "/v1/holds",
                        Map.of("slotId", slots(hospital).get(0)))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();

        assertThat(hold.getInt("expiresIn")).isEqualTo(120);
        assertThat(said(hold, "cancelUntil")).isEqualTo(on(day.minusDays(1), 15, 0));
        assertThat(said(hold, "checkInFrom")).isEqualTo(on(day, 7, 0));
    }

    @Test
    void lists_take_people_in_the_hospitals_hours_and_say_which() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 1).say();
        set(
                hospital,
                Map.of(
                        "appointment.waiting-closes", 20 * 60,
                        "appointment.waiting-offer-minutes", 45,
                        "appointment.waiting-short-notice-hours", 12,
                        "appointment.waiting-per-person", 1));
        String slot = slots(hospital).get(0);
        booked(patients.adult(), slot);
        Patient waiting = patients.adult();
        JsonPath entry = post(waiting, "/v1/waiting-entries", Map.of("slotId", slot))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();

        assertThat(entry.getInt("offerMinutes")).isEqualTo(45);
        assertThat(entry.getInt("shortNoticeHours")).isEqualTo(12);
        assertThat(said(entry, "clearsAt")).isEqualTo(on(day.minusDays(1), 20, 0));
        at(today, 21, 0);
        JsonPath refusal = post(patients.adult(), "/v1/waiting-entries", Map.of("slotId", slot))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.waiting-closed"))
                .body("detail", containsString("20:00"))
                .extract()
                .jsonPath();
        assertThat(said(refusal, "liftsAt")).isEqualTo(on(today.plusDays(1), 6, 0));
        at(today.plusDays(1), 7, 0);
        publishes(hospital, "S2", day.plusDays(1), 1);
        String other = slots(hospital).get(1);
        booked(patients.adult(), other);
        post(waiting, "/v1/waiting-entries", Map.of("slotId", other))
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.waiting-too-many"))
                .body("detail", containsString("1"));
    }

    @Test
    void what_is_kept_after_a_stop_is_kept_as_long_as_the_hospital_says() {
        Schedules hospital = Schedules.fresh()
                .morning(day, 1, 5)
                .doctor("D2", "赵强", "主任医师")
                .role("D2", "CARD")
                .session("S2", "D2", "CARD", day, true)
                .bands("S2", day, true, 1, 5)
                .say();
        set(hospital, Map.of("appointment.waiting-closes", 20 * 60, "appointment.waiting-short-notice-hours", 1));
        JsonPath all = given().get("/v1/slots?hospital=" + hospital.source()).jsonPath();
        Patient patient = patients.adult();
        String id = booked(patient, all.getString("items.find { it.doctorName == '王建国' }.id"));
        given().auth()
                .oauth2(SUPERVISOR)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "hospital", hospital.source(),
                        "doctor", all.getString("items.find { it.doctorName == '王建国' }.doctor"),
                        "from", day.toString(),
                        "to", day.toString(),
                        "reason", "医生急诊手术"))
                .post("/v1/stops")
                .then()
                .statusCode(201);

        String until = Eventually.get("what is kept", () -> asked(patient, "/v1/appointments/" + id + "/alternatives")
                .getString("items[0].keptUntil"));
        assertThat(OffsetDateTime.parse(until)).isEqualTo(on(today, 20, 0));
    }

    @Test
    void check_in_opens_earlier_at_once_and_later_only_for_sessions_that_are_published_afterwards() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 5).say();
        Patient patient = patients.adult();
        String id = booked(patient, slots(hospital).get(0));
        set(hospital, Map.of("appointment.check-in-opens-minutes", 30, "appointment.late-check-in", 0));
        publishes(hospital, "S2", day.plusDays(1), 5);
        Patient later = patients.adult();
        String second = booked(later, slots(hospital).get(1));

        assertThat(said(read(patient.token(), id).jsonPath(), "checkInFrom")).isEqualTo(on(day, 7, 30));
        JsonPath queue = asked(patient, "/v1/appointments/" + id + "/queue");
        assertThat(said(queue, "opensAt")).isEqualTo(on(day, 7, 30));
        read(patient.token(), id).then().body("lateCheckIn", equalTo(true));
        JsonPath strict = read(later.token(), second).jsonPath();
        assertThat(said(strict, "checkInFrom")).isEqualTo(on(day.plusDays(1), 8, 0));
        assertThat(strict.getBoolean("lateCheckIn")).isFalse();

        set(hospital, Map.of("appointment.check-in-opens-minutes", 90));
        assertThat(said(asked(patient, "/v1/appointments/" + id + "/queue"), "opensAt"))
                .isEqualTo(on(day, 7, 0));
        assertThat(said(asked(later, "/v1/appointments/" + second + "/queue"), "opensAt"))
                .isEqualTo(on(day.plusDays(1), 7, 0));
    }

    @Test
    void a_refusal_names_the_hospitals_own_window() {
        Schedules hospital = BookingDesk.departments(day, 2, 1, 5);
        set(
                hospital,
                Map.of(
                        "appointment.max-per-7-days",
                        1,
                        "appointment.week-days",
                        10,
                        "appointment.max-per-visit-day",
                        5));
        Patient patient = patients.adult();
        booked(patient, slots(hospital, "DEP0").get(0));
        String other = slots(hospital, "DEP1").get(0);

        book(patient, other)
                .then()
                .statusCode(409)
                .body("rule", equalTo("appointment.max-per-7-days"))
                .body("detail", containsString("10 天内"));
        JsonPath limits = asked(patient, "/v1/me/booking-limits?slot=" + other);
        assertThat(limits.getInt("items.find { it.rule == 'appointment.max-per-7-days' }.window"))
                .isEqualTo(10);
        assertThat(limits.getInt("items.find { it.rule == 'appointment.max-per-3-months' }.window"))
                .isEqualTo(3);
        assertThat(limits.getString("items.find { it.rule == 'appointment.max-per-visit-day' }.window"))
                .isNull();
    }

    @Test
    void an_appeal_is_answered_within_the_hospitals_own_days() {
        Schedules hospital = Schedules.fresh().morning(today.plusDays(1), 1, 5).say();
        set(hospital, Map.of("appointment.appeal-days", 20));
        Patient patient = patients.adult();
        at(today, 16, 0);
        String id = booked(patient, slots(hospital).get(0));
        cancel(patient.token(), id).then().statusCode(200);

        assertThat(asked(patient, "/v1/me/marks").getInt("items[0].appealDays")).isEqualTo(20);
        JsonPath mark = post(patient, "/v1/appeals", Map.of("appointment", id))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        assertThat(said(mark, "appeal.dueAt")).isAfter(on(today.plusDays(26), 0, 0));
    }

    @Test
    void only_limits_can_be_tried() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 1).say();
        given().auth()
                .oauth2(SUPERVISOR)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "settings", Map.of("appointment.hold-minutes", 3),
                        "hospital", hospital.source(),
                        "from", today.toString(),
                        "to", today.toString()))
                .post("/v1/policy-dry-runs")
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("settings.appointment.hold-minutes"));
    }

    @Test
    void a_template_that_does_not_say_how_long_a_band_is_has_the_hospitals() {
        Schedules hospital = Schedules.fresh().morning(day, 1, 1).say();
        set(hospital, Map.of("appointment.band-minutes", 20));
        given().auth()
                .oauth2(SUPERVISOR)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "hospital",
                        hospital.source(),
                        "weekday",
                        1,
                        "department",
                        "CARD",
                        "doctor",
                        "D1",
                        "firstBand",
                        "08:00",
                        "bands",
                        3,
                        "units",
                        2,
                        "fee",
                        10,
                        "mode",
                        "BOOK",
                        "validFrom",
                        today.plusDays(60).toString()))
                .put("/v1/schedule-templates/" + UUID.randomUUID())
                .then()
                .statusCode(200)
                .body("bandMinutes", equalTo(20));
    }
}
