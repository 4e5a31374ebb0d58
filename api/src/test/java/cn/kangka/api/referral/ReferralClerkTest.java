package cn.kangka.api.referral;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.OwnRules;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The people who work at the two institutions of a referral, at the console: bound to their institutions, named in the audit. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ReferralClerkTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Clinic clinic;

    @Inject
    Pool pool;

    private Schedules centre;
    private Schedules hospital;
    private UUID person;
    private String doctor;
    private String clerk;

    @BeforeEach
    void a_doctor_of_a_centre_and_a_clerk_of_a_hospital() {
        LocalDate day = LocalDate.now(ZONE).plusDays(3);
        clock.set(LocalDate.now(ZONE).atTime(10, 0).atZone(ZONE).toInstant());
        Neighbours.ordersAreTaken();
        centre = Schedules.fresh().hospital("南街社区卫生服务中心").say();
        hospital = Schedules.fresh().hospital("市第二医院" + UUID.randomUUID()).say();
        OwnRules.onlyTheApp(pool, hospital.source(), 20);
        hospital.department("CARD", "心血管内科")
                .doctor("D1", "王建国", "主任医师")
                .role("D1", "CARD")
                .session("S1", "D1", "CARD", day, true)
                .bands("S1", day, true, 1, 5)
                .say();
        person = clinic.person(Clinic.Link.at(centre.source()));
        doctor = "doctor-" + centre.source();
        clerk = "clerk-" + hospital.source();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private RequestSpecification doctor() {
        return as(TestTokens.clerk(doctor, centre.source()));
    }

    private RequestSpecification clerk() {
        return as(TestTokens.clerk(clerk, hospital.source()));
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    private Response refer(Object... more) {
        Map<String, Object> wish = new HashMap<>(Map.of(
                "toHospital", hospital.source(),
                "personId", person.toString(),
                "direction", "UP",
                "urgency", "ROUTINE",
                "reason", "血压控制不佳"));
        for (int i = 0; i < more.length; i += 2) {
            wish.put((String) more[i], more[i + 1]);
        }
        return doctor().header("Idempotency-Key", UUID.randomUUID().toString())
                .body(wish)
                .post("/v1/referrals");
    }

    private String referred() {
        return refer().then().statusCode(201).extract().path("id");
    }

    private List<String> audited(String actor, String referral) {
        return clinic
                .rows(
                        "select actor_kind || ' ' || action || ' ' || outcome from audit_entry"
                                + " where actor = $1 and person = $2 and object = $3 order by at",
                        Tuple.of(actor, person, referral))
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void a_doctor_refers_a_clerk_accepts_with_a_reserved_unit_and_the_audit_names_both() {
        String id = referred();
        clerk().get("/v1/referrals?to=" + hospital.source() + "&status=REQUESTED")
                .then()
                .statusCode(200)
                .body("items.id", contains(id))
                .body("items[0].subject", nullValue());
        clerk().get("/v1/referrals/" + id)
                .then()
                .statusCode(200)
                .body("reason.text", is("血压控制不佳"))
                .body("subject.name", is("测试"))
                .body("subject.sex", is("FEMALE"))
                .body("subject.birthDate", is("1980-01-01"));
        String free = "/v1/slots?hospital=" + hospital.source();
        String slot = clerk().get(free).then().extract().path("items[0].id");
        int forClerks = clerk().get(free).then().extract().path("items[0].free");
        int forOthers = as(TestTokens.staff("agent-x", "agent"))
                .get(free)
                .then()
                .extract()
                .path("items[0].free");
        assertThat(forClerks).isGreaterThan(forOthers);

        clerk().body(Map.of("slotId", slot))
                .post("/v1/referrals/" + id + "/accept")
                .then()
                .statusCode(200)
                .body("status", is("BOOKED"));

        doctor().get("/v1/referrals/" + id).then().body("status", is("BOOKED"));
        assertThat(audited(doctor, id)).startsWith("CLERK referral.make ALLOWED");
        assertThat(audited(clerk, id)).contains("CLERK referral.read ALLOWED", "CLERK referral.booked ALLOWED");
        String citizen = TestTokens.citizen(clinic.account(person, 2), 2);
        as(citizen)
                .get("/v1/me/access-log?limit=100")
                .then()
                .statusCode(200)
                .body("items.action", hasItems("referral.make", "referral.read", "referral.booked"))
                .body("items.find { it.action == 'referral.read' }.actorKind", is("CLERK"))
                .body("items.findAll { it.actor == '" + clerk + "' || it.actor == '" + doctor + "' }.size()", is(0));
    }

    @Test
    void a_clerk_of_a_third_institution_knows_nothing_of_it_and_that_leaves_an_entry() {
        String id = referred();
        Schedules third = Schedules.fresh().hospital("第三家医院").say();
        String stranger = "clerk-" + third.source();
        String token = TestTokens.clerk(stranger, third.source());

        as(token).get("/v1/referrals/" + id).then().statusCode(404);
        as(token).body(Map.of()).post("/v1/referrals/" + id + "/accept").then().statusCode(404);
        as(token).get("/v1/referrals?to=" + hospital.source()).then().statusCode(422);
        assertThat(audited(stranger, id)).contains("CLERK referral.read DENIED");
    }

    @Test
    void nobody_refers_for_another_institution_and_each_side_does_its_own_acts() {
        refer("fromHospital", hospital.source()).then().statusCode(422);
        UUID elsewhere = clinic.person(Clinic.Link.at(hospital.source()));
        refer("personId", elsewhere.toString()).then().statusCode(404);
        String id = referred();

        doctor().body(Map.of()).post("/v1/referrals/" + id + "/accept").then().statusCode(403);
        clerk().body(Map.of()).post("/v1/referrals/" + id + "/cancel").then().statusCode(403);
        clerk().body(Map.of("text", "请转专科医院"))
                .post("/v1/referrals/" + id + "/decline")
                .then()
                .statusCode(200)
                .body("status", is("DECLINED"))
                .body("subject", nullValue());
        doctor().get("/v1/referrals/" + id).then().body("answer", is("请转专科医院")).body("subject.name", is("测试"));
    }

    @Test
    void what_machines_of_a_hospital_may_a_clerk_may_not() {
        clerk().body(Map.of()).post("/v1/follow-ups").then().statusCode(403);
        clerk().body(Map.of()).post("/v1/booking-reconciliations").then().statusCode(403);
        clerk().get("/v1/appointments").then().statusCode(403);
    }
}
