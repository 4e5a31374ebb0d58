package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import cn.kangka.api.testing.Agent;
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
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules of a hospital's own, and trying them on what was booked. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class HospitalPolicyTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String SUPERVISOR =
            Agent.supervisor("policy-supervisor").token();

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
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private static Response policies(Schedules hospital) {
        return given().auth().oauth2(SUPERVISOR).get("/v1/hospitals/" + hospital.source() + "/policies");
    }

    private static Response put(Schedules hospital, String tag, Map<String, Integer> values) {
        var request = given().auth().oauth2(SUPERVISOR).contentType(ContentType.JSON);
        return (tag == null ? request : request.header("If-Match", tag))
                .body(Map.of("values", values))
                .put("/v1/hospitals/" + hospital.source() + "/policies");
    }

    private static Response dryRun(Map<String, Integer> settings, Schedules hospital, LocalDate from, LocalDate to) {
        Map<String, Object> request =
                new HashMap<>(Map.of("settings", settings, "from", from.toString(), "to", to.toString()));
        if (hospital != null) {
            request.put("hospital", hospital.source());
        }
        return given().auth()
                .oauth2(SUPERVISOR)
                .contentType(ContentType.JSON)
                .body(request)
                .post("/v1/policy-dry-runs");
    }

    @Test
    void a_hospitals_own_limit_stops_there_and_nowhere_else() {
        Schedules strict = BookingDesk.departments(day, 3, 2, 5);
        Schedules usual = BookingDesk.departments(day, 2, 2, 5);
        String tag = policies(strict).then().statusCode(200).extract().header("ETag");
        put(strict, tag, Map.of("appointment.max-per-visit-day", 1))
                .then()
                .statusCode(200)
                .body("items.find { it.rule == 'appointment.max-per-visit-day' }.value", equalTo(1))
                .body("items.find { it.rule == 'appointment.max-per-visit-day' }.region", equalTo(2));

        Patient patient = patients.adult();
        booked(patient, slots(strict, "DEP0").get(0));
        String other = slots(strict, "DEP1").get(0);
        book(patient, other).then().statusCode(409).body("rule", equalTo("appointment.max-per-visit-day"));
        given().auth()
                .oauth2(patient.token())
                .get("/v1/me/booking-limits?slot=" + other)
                .then()
                .statusCode(200)
                .body("items.find { it.rule == 'appointment.max-per-visit-day' }.limit", equalTo(1));
        booked(patient, slots(usual, "DEP0").get(0));

        put(strict, policies(strict).header("ETag"), Map.of()).then().statusCode(200);
        assertThat(policies(strict).jsonPath().getList("items.own")).containsOnlyNulls();
    }

    @Test
    void a_change_is_guarded_checked_and_audited() {
        Schedules hospital = BookingDesk.departments(day, 1, 1, 1);
        String tag = policies(hospital).header("ETag");
        put(hospital, null, Map.of()).then().statusCode(400);
        put(hospital, tag, Map.of("appointment.max-per-7-days", 0, "appointment.nothing", 1))
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("values.appointment.max-per-7-days"))
                .body("violations.field", hasItem("values.appointment.nothing"));
        put(hospital, tag, Map.of("appointment.max-per-7-days", 2)).then().statusCode(200);
        put(hospital, tag, Map.of("appointment.max-per-7-days", 9)).then().statusCode(412);
        given().auth()
                .oauth2(SUPERVISOR)
                .get("/v1/hospitals/H-NONE/policies")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(Agent.named("policy-agent").token())
                .get("/v1/hospitals/" + hospital.source() + "/policies")
                .then()
                .statusCode(403);
        assertThat(pool.query("select reason from audit_entry where action = 'hospital.policies' and object = '"
                                + hospital.source() + "'")
                        .execute()
                        .await()
                        .indefinitely())
                .extracting(row -> row.getString(0))
                .containsExactly("appointment.max-per-7-days=2");
    }

    @Test
    void a_dry_run_tells_what_a_rule_would_have_done_and_changes_nothing() {
        Schedules hospital = BookingDesk.departments(day, 3, 2, 9);
        Patient busy = patients.adult();
        Patient calm = patients.adult();
        booked(busy, slots(hospital, "DEP0").get(0));
        booked(busy, slots(hospital, "DEP1").get(0));
        booked(calm, slots(hospital, "DEP2").get(0));

        JsonPath run = dryRun(Map.of("appointment.max-per-visit-day", 1), hospital, today, today)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(run.getInt("now.stopped")).isZero();
        assertThat(run.getInt("tried.stopped")).isEqualTo(1);
        assertThat(run.getInt("tried.people")).isEqualTo(1);
        assertThat(run.getString("tried.rules[0].rule")).isEqualTo("appointment.max-per-visit-day");
        assertThat(run.getInt("bookings")).isGreaterThanOrEqualTo(3);
        assertThat(run.getInt("people")).isGreaterThanOrEqualTo(2);
        assertThat(policies(hospital).jsonPath().getList("items.own")).containsOnlyNulls();

        assertThat(dryRun(Map.of("appointment.max-per-visit-day", 1), null, today, today)
                        .jsonPath()
                        .getInt("tried.stopped"))
                .as("everywhere")
                .isGreaterThanOrEqualTo(1);
        dryRun(Map.of("appointment.max-per-visit-day", 1), null, today.minusDays(31), today)
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("to"));
        dryRun(Map.of("appointment.max-per-visit-day", -1), null, today, today)
                .then()
                .statusCode(422);
        dryRun(Map.of(), null, today, today).then().statusCode(400);
    }
}
