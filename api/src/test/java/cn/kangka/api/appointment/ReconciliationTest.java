package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.answer;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.read;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

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
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ReconciliationTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Patients patients;

    private LocalDate day;
    private Schedules hospital;
    private List<String> slots;

    @BeforeEach
    void ten_in_the_morning() {
        clock.set(LocalDate.now(ZONE).atTime(10, 0).atZone(ZONE).toInstant());
        day = LocalDate.now(ZONE).plusDays(3);
        hospital = Schedules.fresh().morning(day, 7, 3).say();
        slots = slots(hospital);
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @Test
    void what_both_have_alike_is_counted_and_nothing_is_done_about_it() {
        String one = accepted(patients.adult(), 0);
        Patient gone = patients.adult();
        String two = accepted(gone, 1);
        cancel(gone.token(), two);
        long orders = orders(one, "BOOK");

        JsonPath report = compare(Map.of(one, "BOOKED", two, "CANCELLED"));

        assertThat(report.getInt("said")).isEqualTo(2);
        assertThat(report.getInt("agreed")).isEqualTo(2);
        assertThat(report.getList("differences")).isEmpty();
        assertThat(orders(one, "BOOK")).isEqualTo(orders);
    }

    @Test
    void what_the_hospital_lacks_is_ordered_again_and_what_it_still_has_is_taken_back() {
        String lacking = accepted(patients.adult(), 0);
        Patient gone = patients.adult();
        String still = accepted(gone, 1);
        cancel(gone.token(), still);
        Eventually.isTrue("the first cancel", () -> orders(still, "CANCEL") == 1);
        UUID nobodys = UUID.randomUUID();

        JsonPath report = compare(Map.of(still, "BOOKED", nobodys.toString(), "BOOKED"));

        assertThat(report.getInt("agreed")).isZero();
        assertThat(kind(report, lacking)).isEqualTo("MISSING_THERE");
        assertThat(kind(report, still)).isEqualTo("STILL_THERE");
        assertThat(kind(report, nobodys.toString())).isEqualTo("UNKNOWN_HERE");
        Eventually.isTrue("ordered again", () -> orders(lacking, "BOOK") == 2);
        Eventually.isTrue("taken back again", () -> orders(still, "CANCEL") == 2);
        assertThat(compare(Map.of(lacking, "BOOKED", still, "CANCELLED")).getList("differences"))
                .isEmpty();
    }

    @Test
    void who_is_there_is_checked_in() {
        Patient patient = patients.adult();
        String id = accepted(patient, 0);
        clock.set(day.atTime(9, 0).atZone(ZONE).toInstant());

        JsonPath report = compare(Map.of(id, "ARRIVED"));

        assertThat(kind(report, id)).isEqualTo("ARRIVED_THERE");
        read(patient.token(), id).then().body("status", equalTo("CHECKED_IN"));
        assertThat(compare(Map.of(id, "ARRIVED")).getList("differences")).isEmpty();
    }

    @Test
    void what_is_newer_than_the_list_or_not_answered_yet_is_not_compared() {
        OffsetDateTime nine = day.minusDays(3).atTime(9, 0).atZone(ZONE).toOffsetDateTime();
        String one = accepted(patients.adult(), 0);
        String unanswered = booked(patients.adult(), slots.get(1));
        long orders = orders(one, "BOOK");

        JsonPath before = compareAsOf(nine, Map.of());
        JsonPath now = compare(Map.of());

        assertThat(before.getInt("unsettled")).isEqualTo(2);
        assertThat(before.getList("differences")).isEmpty();
        assertThat(now.getInt("unsettled")).isEqualTo(1);
        assertThat(kind(now, one)).isEqualTo("MISSING_THERE");
        assertThat(kind(now, unanswered)).isNull();
        Eventually.isTrue("ordered again", () -> orders(one, "BOOK") == orders + 1);
    }

    @Test
    void that_the_hospital_refuses_the_second_order_takes_no_booking_away_but_somebody_looks_until_its_list_has_it() {
        Patient patient = patients.adult();
        String id = accepted(patient, 0);
        compare(Map.of());

        answer(id, "REFUSED");

        read(patient.token(), id).then().body("status", equalTo("BOOKED")).body("hospitalStatus", equalTo("PENDING"));

        compare(Map.of(id, "BOOKED"));

        read(patient.token(), id).then().body("status", equalTo("BOOKED")).body("hospitalStatus", equalTo("ACCEPTED"));
    }

    @Test
    void what_the_hospital_refuses_a_third_time_is_refused() {
        Patient patient = patients.adult();
        String id = accepted(patient, 0);
        compare(Map.of());
        answer(id, "REFUSED");

        answer(id, "REFUSED");

        read(patient.token(), id).then().body("status", equalTo("REFUSED"));
    }

    @Test
    void a_list_with_thousands_of_differences_is_compared_to_its_end() {
        Map<String, String> nobodys = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            nobodys.put(UUID.randomUUID().toString(), "BOOKED");
        }
        String id = accepted(patients.adult(), 0);

        JsonPath report = compare(nobodys);

        assertThat(report.getInt("differing")).isEqualTo(5_001);
        Eventually.isTrue("ordered again", () -> orders(id, "BOOK") == 2);
    }

    @Test
    void nobody_is_there_before_the_day() {
        Patient patient = patients.adult();
        String id = accepted(patient, 0);

        assertThat(kind(compare(Map.of(id, "ARRIVED")), id)).isEqualTo("OTHERWISE");
        read(patient.token(), id).then().body("status", equalTo("BOOKED"));
        assertThat(kind(compare(Map.of(id, "MISSED")), id)).isEqualTo("OTHERWISE");
        cancel(patient.token(), id).then().statusCode(200);
    }

    @Test
    void a_line_that_several_institutions_share_hands_in_the_list_of_each() {
        String id = accepted(patients.adult(), 0);
        Schedules other = Schedules.fresh().morning(day, 7, 3).say();
        String line = TestTokens.client(
                "line",
                "hospital",
                "",
                Map.of("source", "centres", "sources", List.of(hospital.source(), other.source())));

        given().auth()
                .oauth2(line)
                .contentType(ContentType.JSON)
                .body(Map.of("day", day.toString(), "listedAt", "2026-11-30T02:00:00+08:00", "bookings", List.of()))
                .post("/v1/booking-reconciliations")
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("hospital"));
        String report = as(line, hospital.source(), Map.of(id, "BOOKED"))
                .then()
                .statusCode(201)
                .body("agreed", equalTo(1))
                .extract()
                .path("id");
        as(line, other.source(), Map.of()).then().statusCode(201);
        as(line, "centres", Map.of()).then().statusCode(404);
        as(line, Schedules.fresh().morning(day, 7, 3).say().source(), Map.of())
                .then()
                .statusCode(404);
        get(line, "").then().statusCode(200).body("items", hasSize(2));
        get(line, "?hospital=" + other.source()).then().body("items", hasSize(1));
        get(line, "/" + report).then().statusCode(200);
    }

    @Test
    void a_hospital_sees_its_own_reports_and_learns_nothing_of_others() {
        Patient patient = patients.adult();
        String id = accepted(patient, 0);
        String report = compare(Map.of(id, "BOOKED")).getString("id");
        Schedules other = Schedules.fresh().morning(day, 7, 3).say();

        assertThat(kind(
                        post(other, Map.of(id, "CANCELLED"))
                                .then()
                                .statusCode(201)
                                .extract()
                                .jsonPath(),
                        id))
                .isEqualTo("UNKNOWN_HERE");
        read(patient.token(), id).then().body("status", equalTo("BOOKED"));
        get(token(other), "/" + report).then().statusCode(404);
        get(token(hospital), "/" + report).then().statusCode(200);
        get(token(other), "?limit=200").then().statusCode(200).body("items.id", not(hasItem(report)));
        get(TestTokens.staff("s1", "supervisor"), "?hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].agreed", equalTo(1));
        get(patient.token(), "").then().statusCode(403);
    }

    @Test
    void a_list_that_breaks_a_rule_is_refused_with_the_field() {
        given().auth()
                .oauth2(token(hospital))
                .contentType(ContentType.JSON)
                .body("{\"bookings\":[{\"appointment\":\"" + UUID.randomUUID() + "\"}]}")
                .post("/v1/booking-reconciliations")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("day"))
                .body("violations.field", hasItem("listedAt"))
                .body("violations.field", hasItem("bookings[0].status"));
    }

    private String accepted(Patient patient, int slot) {
        String id = booked(patient, slots.get(slot));
        answer(id, "ACCEPTED");
        return id;
    }

    private JsonPath compare(Map<String, String> said) {
        return post(hospital, said).then().statusCode(201).extract().jsonPath();
    }

    private JsonPath compareAsOf(OffsetDateTime at, Map<String, String> said) {
        OffsetDateTime now = clock.now().atZone(ZONE).toOffsetDateTime();
        clock.set(at.toInstant());
        try {
            return compare(said);
        } finally {
            clock.set(now.toInstant());
        }
    }

    private Response post(Schedules whose, Map<String, String> said) {
        return as(token(whose), whose.source(), said);
    }

    private Response as(String token, String source, Map<String, String> said) {
        List<Map<String, String>> bookings = said.entrySet().stream()
                .map(each -> Map.of("appointment", each.getKey(), "status", each.getValue()))
                .toList();
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "hospital",
                        source,
                        "day",
                        day.toString(),
                        "listedAt",
                        clock.now().atZone(ZONE).toOffsetDateTime().toString(),
                        "bookings",
                        bookings))
                .post("/v1/booking-reconciliations");
    }

    private static Response get(String token, String rest) {
        return given().auth().oauth2(token).get("/v1/booking-reconciliations" + rest);
    }

    private static String token(Schedules whose) {
        return TestTokens.client("his-" + whose.source(), "hospital", "", Map.of("source", whose.source()));
    }

    private static String kind(JsonPath report, String appointment) {
        return report.getString("differences.find { it.appointment == '" + appointment + "' }.kind");
    }

    private static long orders(String id, String action) {
        return Neighbours.orders(id).stream().filter(action::equals).count();
    }
}
