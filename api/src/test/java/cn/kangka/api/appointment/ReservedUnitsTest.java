package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.free;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static cn.kangka.api.appointment.BookingDesk.units;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

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
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hospital that keeps a tenth of its units: of 20 that can be booked, 18 are everybody's and 2 the doctors'. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ReservedUnitsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    private LocalDate day;

    @BeforeEach
    void ten_in_the_morning() {
        day = LocalDate.now(ZONE).plusDays(3);
        at(day.minusDays(3), 10, 0);
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(LocalDate date, int hour, int minute) {
        clock.set(date.atTime(hour, minute).atZone(ZONE).toInstant());
    }

    /** Two bands of ten; everything the app's. */
    private Schedules keeping(LocalDate date) {
        Schedules hospital = Schedules.fresh().hospital("预留医院").say();
        OwnRules.set(pool, hospital.source(), Map.of("appointment.prebooking-percent", 100));
        OwnRules.onlyTheApp(pool, hospital.source(), 10);
        return hospital.morning(date, 2, 10).say();
    }

    private void run(String sql, Schedules hospital) {
        pool.preparedQuery(sql).execute(Tuple.of(hospital.source())).await().indefinitely();
    }

    private static String system(Schedules hospital) {
        return TestTokens.client("his-" + hospital.source(), "hospital", "", Map.of("source", hospital.source()));
    }

    private static Response followUp(Schedules by, String slot, Patient patient) {
        return given().auth()
                .oauth2(system(by))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot, "personId", patient.person().toString()))
                .post("/v1/follow-ups");
    }

    private Patient seen(Schedules hospital) {
        Patient patient = patients.adult();
        patients.reportedOn(patient, hospital.source(), clock.now());
        return patient;
    }

    private long bookedBy(List<Patient> people, List<String> slots) {
        return people.parallelStream()
                .map(each -> book(each, slots.get(people.indexOf(each) % slots.size()))
                        .statusCode())
                .filter(status -> status == 201)
                .count();
    }

    /** Nine in each band: everything that is not reserved. */
    private void sellOut(List<String> slots) {
        slots.forEach(slot -> patients.adults(9).forEach(each -> booked(each, slot)));
    }

    @Test
    void everybody_together_never_gets_what_is_reserved_and_after_the_flow_back_all_of_it() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);

        assertThat(bookedBy(patients.adults(40), slots)).isEqualTo(18);
        assertThat(slots).allMatch(slot -> free(slot, hospital, null) == 0);
        assertThat(slots.stream()
                        .mapToInt(slot -> free(slot, hospital, system(hospital)))
                        .sum())
                .isEqualTo(2);

        at(day.minusDays(1), 18, 0);
        assertThat(bookedBy(patients.adults(10), slots)).isEqualTo(2);
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(20, 20, 0, 0, 20));
    }

    @Test
    void doctors_and_everybody_at_once_each_get_exactly_their_own() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);
        List<Patient> wanted = Stream.generate(() -> seen(hospital)).limit(8).toList();
        List<Patient> others = patients.adults(32);
        List<Patient> all = Stream.concat(others.stream(), wanted.stream()).toList();

        Map<Boolean, Long> booked = all.parallelStream()
                .filter(each -> slots.stream().anyMatch(slot -> {
                    Response answer = wanted.contains(each) ? followUp(hospital, slot, each) : book(each, slot);
                    return answer.statusCode() == 201;
                }))
                .collect(Collectors.partitioningBy(wanted::contains, Collectors.counting()));

        assertThat(booked).isEqualTo(Map.of(true, 2L, false, 18L));
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(20, 20, 0, 0, 20));
    }

    @Test
    void the_database_itself_refuses_to_sell_what_is_reserved() {
        Schedules hospital = keeping(day);
        sellOut(slots(hospital));

        assertThatThrownBy(() -> run(
                        "update clinic_session set taken[1] = taken[1] + 1, taken_total = taken_total + 1"
                                + " where hospital = $1",
                        hospital))
                .hasMessageContaining("ck_clinic_session_reserved");
    }

    @Test
    void doctors_book_what_is_reserved_and_no_more() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);
        sellOut(slots);

        followUp(hospital, slots.get(0), seen(hospital))
                .then()
                .statusCode(201)
                .body("kind", is("FOLLOW_UP"))
                .body("channel", is("call-centre"));
        followUp(hospital, slots.get(1), seen(hospital)).then().statusCode(201);
        Patient late = seen(hospital);
        slots.forEach(slot ->
                followUp(hospital, slot, late).then().statusCode(409).body("rule", equalTo("appointment.slot-full")));
        assertThat(units(pool, hospital).taken()).isEqualTo(20);
    }

    @Test
    void a_cancelled_one_is_reserved_again_before_the_flow_back_and_everybodys_after_it() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);
        sellOut(slots);
        Patient one = seen(hospital);
        Patient two = seen(hospital);
        String first = followUp(hospital, slots.get(0), one).then().extract().path("id");
        String second = followUp(hospital, slots.get(1), two).then().extract().path("id");

        cancel(one.token(), first).then().statusCode(200);
        assertThat(bookedBy(patients.adults(2), slots)).isZero();

        at(day.minusDays(1), 18, 30);
        cancel(two.token(), second).then().statusCode(200);
        assertThat(bookedBy(patients.adults(6), slots)).isEqualTo(2);
        assertThat(units(pool, hospital).taken()).isEqualTo(20);
    }

    @Test
    void who_waits_is_offered_nothing_that_is_reserved_until_it_flows_back() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);
        sellOut(slots);
        Patient waiting = patients.adult();
        String entry = given().auth()
                .oauth2(waiting.token())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slots.get(0)))
                .post("/v1/waiting-entries")
                .then()
                .statusCode(201)
                .body("status", is("WAITING"))
                .extract()
                .path("id");

        at(day.minusDays(1), 18, 1);
        book(patients.adult(), slots.get(1)).then().statusCode(201);

        given().auth()
                .oauth2(waiting.token())
                .get("/v1/me/waiting-entries")
                .then()
                .body("items.find { it.id == '" + entry + "' }.status", is("OFFERED"));
    }

    @Test
    void limits_neither_stop_nor_count_a_follow_up() {
        Schedules other = Schedules.fresh().morning(day, 2, 10).say();
        Schedules second = Schedules.fresh().morning(day, 2, 10).say();
        Schedules hospital = keeping(day);
        Patient patient = seen(hospital);
        booked(patient, slots(other).get(0));
        followUp(hospital, slots(hospital).get(0), patient).then().statusCode(201);
        booked(patient, slots(second).get(0));

        Schedules fourth = keeping(day);
        patients.reportedOn(patient, fourth.source(), clock.now());
        followUp(fourth, slots(fourth).get(0), patient).then().statusCode(201);
    }

    @Test
    void nobody_has_two_bookings_in_one_session() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);
        Patient patient = seen(hospital);
        followUp(hospital, slots.get(0), patient).then().statusCode(201);

        book(patient, slots.get(1)).then().statusCode(409).body("rule", is("appointment.session-booked"));
        followUp(hospital, slots.get(1), patient).then().statusCode(409).body("rule", is("appointment.session-booked"));
    }

    @Test
    void it_is_for_people_whom_the_institution_knows_and_in_its_own_slots() {
        Schedules hospital = keeping(day);
        Schedules other = keeping(day);
        String slot = slots(hospital).get(0);

        followUp(hospital, slot, patients.adult())
                .then()
                .statusCode(409)
                .body("rule", is("appointment.follow-up-not-seen"));
        followUp(other, slot, seen(other)).then().statusCode(404);
        followUp(hospital, UUID.randomUUID().toString(), seen(hospital)).then().statusCode(404);
    }

    @Test
    void before_the_release_only_what_is_reserved_can_be_taken() {
        LocalDate far = LocalDate.now(ZONE).plusDays(20);
        Schedules hospital = keeping(far);
        assertThat(slots(hospital)).isEmpty();
        List<String> shown = given().auth()
                .oauth2(system(hospital))
                .get("/v1/slots?hospital=" + hospital.source() + "&from=" + far)
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
        assertThat(shown).hasSize(2);

        book(patients.adult(), shown.get(0)).then().statusCode(409).body("rule", is("appointment.slot-not-released"));
        followUp(hospital, shown.get(0), seen(hospital)).then().statusCode(201);
        followUp(hospital, shown.get(0), seen(hospital)).then().statusCode(201);
        followUp(hospital, shown.get(0), seen(hospital))
                .then()
                .statusCode(409)
                .body("rule", is("appointment.slot-full"));
    }

    @Test
    void a_follow_up_stays_one_when_it_is_moved_within_the_department() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);
        sellOut(slots);
        Patient patient = seen(hospital);
        String appointment =
                followUp(hospital, slots.get(0), patient).then().extract().path("id");

        given().auth()
                .oauth2(patient.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slots.get(1)))
                .post("/v1/appointments/" + appointment + "/reschedule")
                .then()
                .statusCode(201)
                .body("kind", is("FOLLOW_UP"));
        assertThat(units(pool, hospital).taken()).isEqualTo(19);
    }

    private static Response hold(Patient patient, Map<String, ?> wish) {
        return given().auth()
                .oauth2(patient.token())
                .contentType(ContentType.JSON)
                .body(wish)
                .post("/v1/holds");
    }

    private static Response move(Patient patient, String appointment, Map<String, ?> wish) {
        return given().auth()
                .oauth2(patient.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(wish)
                .post("/v1/appointments/" + appointment + "/reschedule");
    }

    /** How many reserved units of a day are taken, and whether a booking has one. */
    private int reservedTaken(Schedules hospital) {
        return pool.preparedQuery("select sum(reserved_taken)::int from clinic_session where hospital = $1")
                .execute(Tuple.of(hospital.source()))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getInteger(0);
    }

    private boolean reserved(String appointment) {
        return pool.preparedQuery("select reserved from appointment where id = $1")
                .execute(Tuple.of(UUID.fromString(appointment)))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getBoolean(0);
    }

    @Test
    void a_follow_up_that_is_moved_with_a_hold_keeps_a_reserved_unit_and_gets_it() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);
        sellOut(slots);
        Patient patient = seen(hospital);
        String appointment = followUp(hospital, slots.get(0), patient)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        String hold = hold(patient, Map.of("slotId", slots.get(1), "appointmentId", appointment))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(reservedTaken(hospital)).isEqualTo(2);
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(20, 19, 1, 0, 20));
        // Nobody else gets it meanwhile, and nobody is promised it.
        Patient other = seen(hospital);
        followUp(hospital, slots.get(1), other).then().statusCode(409).body("rule", is("appointment.slot-full"));
        given().get("/v1/slots?hospital=" + hospital.source())
                .then()
                .body("items.find { it.id == '" + slots.get(1) + "' }.held", nullValue());

        String moved = move(patient, appointment, Map.of("slotId", slots.get(1), "holdId", hold))
                .then()
                .statusCode(201)
                .body("kind", is("FOLLOW_UP"))
                .extract()
                .path("id");
        assertThat(reserved(moved)).isTrue();
        assertThat(reservedTaken(hospital)).isEqualTo(1);
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(20, 19, 0, 0, 19));
        followUp(hospital, slots.get(0), other).then().statusCode(201);
    }

    @Test
    void a_reserved_unit_that_was_held_in_vain_goes_back_to_the_reserve_and_after_the_flow_back_to_everybody() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);
        sellOut(slots);
        Patient patient = seen(hospital);
        String appointment =
                followUp(hospital, slots.get(0), patient).then().extract().path("id");
        Map<String, String> wish = Map.of("slotId", slots.get(1), "appointmentId", appointment);

        hold(patient, wish).then().statusCode(201);
        at(day.minusDays(3), 10, 6);
        assertThat(free(slots.get(1), hospital, null)).isZero();
        assertThat(free(slots.get(1), hospital, system(hospital))).isEqualTo(1);
        assertThat(bookedBy(patients.adults(1), List.of(slots.get(1)))).isZero();
        Patient other = seen(hospital);
        String second = followUp(hospital, slots.get(1), other)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(reserved(second)).isTrue();
        cancel(other.token(), second).then().statusCode(200);

        at(day.minusDays(1), 17, 58);
        hold(patient, wish).then().statusCode(201);
        at(day.minusDays(1), 18, 4);
        assertThat(free(slots.get(1), hospital, null)).isEqualTo(1);
        assertThat(bookedBy(patients.adults(2), List.of(slots.get(1)))).isEqualTo(1);
        assertThat(reservedTaken(hospital)).isEqualTo(1);
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(20, 20, 0, 0, 20));
    }

    @Test
    void a_reserved_unit_that_is_held_for_a_move_is_not_good_for_an_ordinary_booking() {
        Schedules hospital = keeping(day);
        List<String> slots = slots(hospital);
        sellOut(slots);
        Patient patient = seen(hospital);
        String appointment =
                followUp(hospital, slots.get(0), patient).then().extract().path("id");
        String hold = hold(patient, Map.of("slotId", slots.get(1), "appointmentId", appointment))
                .then()
                .extract()
                .path("id");
        cancel(patient.token(), appointment).then().statusCode(200);

        book(patient.token(), UUID.randomUUID().toString(), Map.of("slotId", slots.get(1), "holdId", hold))
                .then()
                .statusCode(409)
                .body("rule", is("appointment.hold-expired"));
        assertThat(units(pool, hospital)).isEqualTo(new BookingDesk.Units(20, 18, 1, 0, 19));
    }

    @Test
    void moved_to_another_department_it_is_the_person_s_own_and_its_hold_an_ordinary_one() {
        Schedules hospital = keeping(day);
        Schedules elsewhere = keeping(day);
        Patient patient = seen(hospital);
        String appointment = followUp(hospital, slots(hospital).get(0), patient)
                .then()
                .extract()
                .path("id");

        hold(patient, Map.of("slotId", slots(elsewhere).get(0), "appointmentId", appointment))
                .then()
                .statusCode(201);
        assertThat(reservedTaken(elsewhere)).isZero();
    }

    @Test
    void one_key_makes_one_follow_up() {
        Schedules hospital = keeping(day);
        String slot = slots(hospital).get(0);
        Patient patient = seen(hospital);
        String key = UUID.randomUUID().toString();
        List<String> ids = List.of(1, 2).stream()
                .map(i -> given().auth()
                        .oauth2(system(hospital))
                        .header("Idempotency-Key", key)
                        .contentType(ContentType.JSON)
                        .body(Map.of(
                                "slotId", slot, "personId", patient.person().toString()))
                        .post("/v1/follow-ups")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
                .distinct()
                .toList();

        assertThat(ids).hasSize(1);
    }
}
