package cn.kangka.api.referral;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import cn.kangka.api.appointment.MissedVisits;
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
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A referral is where its booking is, also for whoever acts before the region's own round comes by; found by BookingModelTest. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ReferralFollowsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    ReferralUpkeep upkeep;

    private Schedules centre;
    private Schedules hospital;
    private Patient patient;
    private List<String> slots;

    @BeforeEach
    void a_centre_a_hospital_and_somebody() {
        LocalDate day = LocalDate.now(ZONE).plusDays(3);
        clock.set(LocalDate.now(ZONE).atTime(10, 0).atZone(ZONE).toInstant());
        Neighbours.ordersAreTaken();
        centre = Schedules.fresh().hospital("西街社区卫生服务中心").say();
        hospital = Schedules.fresh().hospital("市第二医院" + UUID.randomUUID()).say();
        OwnRules.reserve(pool, hospital.source(), 20);
        hospital.morning(day, 2, 10).say();
        patient = patients.adult();
        patients.reportedOn(patient, centre.source(), clock.now());
        slots = given().get("/v1/slots?hospital=" + hospital.source())
                .then()
                .extract()
                .path("items.id");
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private static RequestSpecification as(String token) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON);
    }

    private static RequestSpecification as(Schedules institution) {
        String source = institution.source();
        return as(TestTokens.client("his-" + source, "hospital", "", Map.of("source", source)));
    }

    private RequestSpecification me() {
        return as(patient.token());
    }

    private String made() {
        return as(centre)
                .body(Map.of(
                        "toHospital",
                        hospital.source(),
                        "personId",
                        patient.person().toString(),
                        "direction",
                        "UP",
                        "urgency",
                        "ROUTINE",
                        "reason",
                        "胸闷三月",
                        "slotId",
                        slots.get(0)))
                .post("/v1/referrals")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String booking(String referral) {
        return me().get("/v1/me/referrals/" + referral).then().extract().path("visit.appointment");
    }

    private String moved(String booking) {
        return me().body(Map.of("slotId", slots.get(1)))
                .post("/v1/appointments/" + booking + "/reschedule")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse act(String referral, String act, Map<String, String> with) {
        return as(hospital)
                .body(with)
                .post("/v1/referrals/" + referral + "/" + act)
                .then();
    }

    private void stands(String booking, String status) {
        me().get("/v1/appointments/" + booking).then().statusCode(200).body("status", is(status));
    }

    @Test
    void the_unit_that_the_booking_was_moved_to_comes_back_when_the_referral_is_declined() {
        String referral = made();
        String moved = moved(booking(referral));

        act(referral, "decline", Map.of("text", "请转专科")).statusCode(200).body("status", is("DECLINED"));

        stands(moved, "CANCELLED");
        assertThat(pool.preparedQuery("select taken_total from clinic_session where hospital = $1")
                        .execute(Tuple.of(hospital.source()))
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getInteger(0))
                .isZero();
    }

    @Test
    void the_unit_that_the_booking_was_moved_to_comes_back_when_the_person_refuses() {
        String referral = made();
        String moved = moved(booking(referral));

        me().post("/v1/me/referrals/" + referral + "/refuse").then().statusCode(200);

        stands(moved, "CANCELLED");
    }

    @Test
    void who_cancelled_is_booked_again_at_once() {
        String referral = made();
        String first = booking(referral);
        me().post("/v1/appointments/" + first + "/cancel").then().statusCode(200);

        act(referral, "accept", Map.of("slotId", slots.get(1)))
                .statusCode(200)
                .body("status", is("BOOKED"))
                .body("visit.status", is("BOOKED"))
                .body("visit.appointment", not(first));
    }

    @Test
    void who_comes_after_all_to_the_visit_that_was_called_missed_has_been_seen() {
        String referral = made();
        String visit = booking(referral);
        LocalDate day = LocalDate.now(ZONE).plusDays(3);
        clock.set(day.plusDays(1).atTime(12, 0).atZone(ZONE).toInstant());
        MissedVisits.mark();
        upkeep.run().await().indefinitely();
        stands(visit, "MISSED");
        me().get("/v1/me/referrals/" + referral).then().body("status", is("ACCEPTED"));

        patients.reportedOn(patient, hospital.source(), clock.now());
        UUID there = pool.preparedQuery("select id from identity where person = $1 and source = $2")
                .execute(Tuple.of(patient.person(), hospital.source()))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getUUID(0);
        Schedules.event(
                there.toString(),
                "visit.reported",
                Schedules.object()
                        .put("identity", there.toString())
                        .put("source", hospital.source())
                        .put("kind", "ARRIVED")
                        .put(
                                "at",
                                day.atTime(9, 30)
                                        .atZone(ZONE)
                                        .toOffsetDateTime()
                                        .toString()));
        stands(visit, "CHECKED_IN");
        upkeep.run().await().indefinitely();

        me().get("/v1/me/referrals/" + referral)
                .then()
                .body("status", is("SEEN"))
                .body("visit.appointment", is(visit));
    }

    @Test
    void what_the_person_moved_to_another_institution_is_their_own() {
        Schedules other = Schedules.fresh()
                .morning(LocalDate.now(ZONE).plusDays(4), 1, 10)
                .say();
        slots = List.of(
                slots.get(0),
                given().get("/v1/slots?hospital=" + other.source())
                        .then()
                        .extract()
                        .path("items[0].id"));
        String referral = made();
        String moved = moved(booking(referral));

        act(referral, "decline", Map.of("text", "请转专科")).statusCode(200).body("status", is("DECLINED"));

        stands(moved, "BOOKED");
    }
}
