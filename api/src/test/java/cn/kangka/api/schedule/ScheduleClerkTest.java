package cn.kangka.api.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A clerk keeps the schedule of their own institution, and sees what a change would do before it is saved. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ScheduleClerkTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    ScheduleLayout layout;

    @Inject
    Patients patients;

    @Inject
    Clinic clinic;

    private LocalDate monday;
    private Schedules hospital;
    private String clerk;

    @BeforeEach
    void ten_in_the_morning() {
        LocalDate today = LocalDate.now(ZONE);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        monday = today.plusDays(1).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        hospital = Schedules.fresh()
                .hospital("排班中心")
                .department("DEP", "全科")
                .doctor("D1", "钱甲", "主治医师")
                .role("D1", "DEP")
                .say();
        clerk = "clerk-" + hospital.source();
        Neighbours.ordersAreTaken();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private RequestSpecification clerk() {
        return given().auth().oauth2(TestTokens.clerk(clerk, hospital.source())).contentType(ContentType.JSON);
    }

    private static Map<String, Object> template() {
        return new HashMap<>(Map.of(
                "weekday",
                1,
                "department",
                "DEP",
                "doctor",
                "D1",
                "firstBand",
                "08:30",
                "bandMinutes",
                30,
                "bands",
                2,
                "units",
                3,
                "fee",
                10,
                "mode",
                "BOOK",
                "validFrom",
                LocalDate.now(ZONE).toString()));
    }

    @Test
    void a_clerk_saves_templates_of_their_own_institution_and_the_audit_names_them() {
        UUID id = UUID.randomUUID();
        clerk().body(template())
                .put("/v1/schedule-templates/" + id)
                .then()
                .statusCode(200)
                .body("hospital", equalTo(hospital.source()));
        clerk().get("/v1/schedule-templates").then().statusCode(200).body("items", hasSize(1));
        Map<String, Object> others = template();
        others.put("hospital", Schedules.fresh().hospital("别家").say().source());
        clerk().body(others)
                .put("/v1/schedule-templates/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        clerk().body(others)
                .post("/v1/schedule-templates/" + UUID.randomUUID() + "/preview")
                .then()
                .statusCode(404);
        clerk().get("/v1/schedule-exceptions?hospital=" + others.get("hospital"))
                .then()
                .statusCode(404);

        assertThat(clinic.rows(
                        "select actor_kind || ' ' || actor from audit_entry where action = 'schedule.template'"
                                + " and object = $1",
                        Tuple.of(id.toString())))
                .singleElement()
                .satisfies(row -> assertThat(row.getString(0)).isEqualTo("CLERK " + clerk));
    }

    @Test
    void what_a_template_would_do_is_seen_before_it_is_saved() {
        UUID id = UUID.randomUUID();
        clerk().body(template())
                .post("/v1/schedule-templates/" + id + "/preview")
                .then()
                .statusCode(200)
                .body("sessions", equalTo(6))
                .body("created", equalTo(6))
                .body("plan[0].day", equalTo(monday.toString()))
                .body("plan[0].units", equalTo(6));
        clerk().get("/v1/schedule-templates").then().body("items", empty());

        clerk().body(template()).put("/v1/schedule-templates/" + id).then().statusCode(200);
        layout.layOut(hospital.source()).await().indefinitely();
        booked(monday);
        Map<String, Object> later = template();
        later.put("firstBand", "09:00");
        // Of the six Mondays one is booked: it stays as it is, the others become other sessions.
        clerk().body(later)
                .post("/v1/schedule-templates/" + id + "/preview")
                .then()
                .statusCode(200)
                .body("sessions", equalTo(6))
                .body("created", equalTo(5))
                .body("closed", equalTo(5))
                .body("conflicts", hasSize(1))
                .body("conflicts[0].reason", equalTo("BOOKED"))
                .body("conflicts[0].bookings", equalTo(1));
        clerk().get("/v1/schedule-templates").then().body("items[0].firstBand", equalTo("08:30:00"));
    }

    @Test
    void what_an_exception_would_do_is_seen_before_it_is_saved() {
        clerk().body(template())
                .put("/v1/schedule-templates/" + UUID.randomUUID())
                .then()
                .statusCode(200);
        layout.layOut(hospital.source()).await().indefinitely();
        UUID id = UUID.randomUUID();
        Map<String, Object> closed = Map.of("day", monday.plusDays(7).toString(), "kind", "CLOSED");
        String preview = "/v1/schedule-exceptions/" + id + "/preview";

        clerk().body(closed)
                .post(preview)
                .then()
                .statusCode(200)
                .body("sessions", equalTo(5))
                .body("closed", equalTo(1))
                .body("conflicts", empty());
        clerk().get("/v1/schedule-exceptions").then().body("items", empty());
        clerk().body(closed).put("/v1/schedule-exceptions/" + id).then().statusCode(200);
        // Another day instead: the one that is saved under this id no longer counts.
        booked(monday);
        clerk().body(Map.of("day", monday.toString(), "kind", "CLOSED"))
                .post(preview)
                .then()
                .statusCode(200)
                .body("sessions", equalTo(5))
                .body("closed", equalTo(0))
                .body("conflicts[0].day", equalTo(monday.toString()));
        clerk().body(Map.of("day", monday.toString(), "kind", "SWAP"))
                .post(preview)
                .then()
                .statusCode(422);
    }

    private void booked(LocalDate day) {
        String slot = given().get("/v1/slots?hospital=" + hospital.source() + "&from=" + day + "&to=" + day)
                .then()
                .extract()
                .path("items[0].id");
        given().auth()
                .oauth2(patients.adult().token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/appointments")
                .then()
                .statusCode(201);
    }
}
