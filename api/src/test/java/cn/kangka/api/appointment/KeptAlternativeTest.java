package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.booked;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.referral.ReferralTime;
import cn.kangka.api.testing.Agent;
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
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept instead of a stopped booking can be taken, as what that was. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class KeptAlternativeTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String SUPERVISOR = Agent.supervisor("kept-supervisor").token();
    private static final String WANG = "王建国";
    private static final String LI = "李梅";
    private static final String ZHAO = "赵强";

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    AppointmentJobs jobs;

    private LocalDate day;
    private Schedules centre;
    private Schedules hospital;

    /** Doctors of one title in one department: one on the first day, two on the second, one of these also on the third. */
    @BeforeEach
    void three_days_from_ten_in_the_morning_on() {
        LocalDate today = LocalDate.now(ZONE);
        day = today.plusDays(3);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        Neighbours.NOTIFICATION.reset();
        BookingDesk.ordersAreTaken();
        centre = Schedules.fresh().hospital("北街社区卫生服务中心").say();
        hospital = Schedules.fresh().hospital("停诊医院" + UUID.randomUUID()).department("CARD", "心血管内科");
        for (Map.Entry<String, String> doctor :
                Map.of("D1", WANG, "D2", LI, "D3", ZHAO).entrySet()) {
            hospital.doctor(doctor.getKey(), doctor.getValue(), "主任医师").role(doctor.getKey(), "CARD");
        }
        sits("D1", day);
        sits("D2", day.plusDays(1));
        sits("D3", day.plusDays(1));
        sits("D3", day.plusDays(2));
        hospital.say();
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void sits(String doctor, LocalDate date) {
        String session = "S" + doctor + date;
        hospital.session(session, doctor, "CARD", date, true).bands(session, date, true, 5, 4);
    }

    private JsonPath all() {
        return given().get("/v1/slots?limit=200&hospital=" + hospital.source())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The first band of a doctor. */
    private String slot(String doctor) {
        return all().getString("items.find { it.doctorName == '" + doctor + "' }.id");
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

    private void stopTheFirstDay() {
        as(SUPERVISOR)
                .body(new HashMap<>(Map.of(
                        "hospital",
                        hospital.source(),
                        "from",
                        day.toString(),
                        "to",
                        day.toString(),
                        "reason",
                        "医生急诊手术")))
                .post("/v1/stops")
                .then()
                .statusCode(201);
        jobs.offerAlternatives().await().indefinitely();
        Eventually.isTrue(
                "looked for",
                () -> pool.preparedQuery("select 1 from stopped_booking b join clinic_stop s"
                                        + " on s.id = b.stop_id where b.offered_at is null and s.hospital = $1")
                                .execute(Tuple.of(hospital.source()))
                                .await()
                                .indefinitely()
                                .size()
                        == 0);
    }

    private static JsonPath alternatives(Patient patient, String appointment) {
        return as(patient.token())
                .get("/v1/appointments/" + appointment + "/alternatives")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<LocalDate> days(JsonPath alternatives) {
        return alternatives.getList("items.start", String.class).stream()
                .map(each -> OffsetDateTime.parse(each).toLocalDate())
                .toList();
    }

    private static String kept(Patient patient, String appointment) {
        JsonPath offered = alternatives(patient, appointment);
        assertThat(offered.getString("items[0].keptUntil")).isNotNull();
        return offered.getString("items[0].id");
    }

    @Test
    void nothing_is_kept_on_a_day_on_which_the_person_has_a_visit_in_the_department() {
        Patient free = patients.adult();
        Patient busy = patients.adult();
        String stopped = booked(free, slot(WANG));
        String another = booked(busy, slot(WANG));
        String stands = booked(busy, slot(LI));

        stopTheFirstDay();

        assertThat(days(alternatives(free, stopped)).get(0)).isEqualTo(day.plusDays(1));
        assertThat(days(alternatives(busy, another))).isNotEmpty().containsOnly(day.plusDays(2));
        assertThat(days(alternatives(busy, stands)))
                .as("a booking that is moved is not in its own way")
                .contains(day.plusDays(1));
        booked(busy, kept(busy, another));
    }

    @Test
    void nothing_is_kept_on_a_day_that_is_full_for_the_person() {
        Patient busy = patients.adult();
        for (int i = 0; i < 2; i++) {
            booked(
                    busy,
                    slots(Schedules.fresh().morning(day.plusDays(1), 2, 5).say())
                            .get(0));
        }
        String stopped = booked(busy, slot(WANG));

        stopTheFirstDay();

        assertThat(days(alternatives(busy, stopped))).isNotEmpty().containsOnly(day.plusDays(2));
        booked(busy, kept(busy, stopped));
    }

    /** Three bookings were given up too late. */
    private Patient paused() {
        Patient patient = patients.adult();
        LocalDate today = LocalDate.now(ZONE);
        clock.set(today.atTime(16, 0).atZone(ZONE).toInstant());
        for (int i = 0; i < 3; i++) {
            Schedules other = Schedules.fresh().morning(today.plusDays(1), 2, 5).say();
            cancel(patient.token(), booked(patient, slots(other).get(0))).then().statusCode(200);
        }
        book(patient, slot(LI)).then().statusCode(409).body("rule", equalTo("appointment.late-cancel-pause"));
        return patient;
    }

    private String referral(Patient patient) {
        patients.reportedOn(patient, centre.source(), clock.now());
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
                        slot(WANG)))
                .post("/v1/referrals")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static JsonPath referral(Patient patient, String id) {
        return as(patient.token())
                .get("/v1/me/referrals/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_kept_for_a_referral_is_the_referrals(boolean letGoBefore) {
        Patient patient = paused();
        String referral = referral(patient);
        String stopped = referral(patient, referral).getString("visit.appointment");
        stopTheFirstDay();
        if (letGoBefore) {
            ReferralTime.runs();
            assertThat(referral(patient, referral).getString("status")).isEqualTo("ACCEPTED");
        }

        String taken = book(patient, kept(patient, stopped))
                .then()
                .statusCode(201)
                .body("kind", equalTo("REFERRAL"))
                .extract()
                .path("id");

        ReferralTime.runs();
        assertThat(referral(patient, referral).getString("status")).isEqualTo("BOOKED");
        assertThat(referral(patient, referral).getString("visit.appointment")).isEqualTo(taken);
        as(hospital)
                .body(Map.of("text", "请转专科"))
                .post("/v1/referrals/" + referral + "/decline")
                .then()
                .statusCode(200);
        BookingDesk.read(patient.token(), taken).then().body("status", equalTo("CANCELLED"));
    }

    @Test
    void an_act_on_the_referral_finds_the_booking_that_was_taken_instead() {
        Patient patient = paused();
        String referral = referral(patient);
        String stopped = referral(patient, referral).getString("visit.appointment");
        stopTheFirstDay();
        ReferralTime.runs();
        String taken = booked(patient, kept(patient, stopped));

        as(centre)
                .body(Map.of())
                .post("/v1/referrals/" + referral + "/cancel")
                .then()
                .statusCode(200)
                .body("status", equalTo("CANCELLED"));

        BookingDesk.read(patient.token(), taken).then().body("status", equalTo("CANCELLED"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_kept_for_a_referral_that_is_no_more_is_anybodys_booking(boolean booked) {
        Patient patient = paused();
        String referral = referral(patient);
        String stopped = referral(patient, referral).getString("visit.appointment");
        stopTheFirstDay();
        String kept = kept(patient, stopped);
        if (booked) {
            as(hospital)
                    .body(Map.of("slotId", slot(ZHAO)))
                    .post("/v1/referrals/" + referral + "/accept")
                    .then()
                    .statusCode(200);
        } else {
            as(centre)
                    .body(Map.of())
                    .post("/v1/referrals/" + referral + "/cancel")
                    .then()
                    .statusCode(200);
        }

        book(patient, kept).then().statusCode(409).body("rule", equalTo("appointment.late-cancel-pause"));
    }

    @Test
    void what_is_kept_for_a_follow_up_is_one_and_nothing_else_is() {
        Patient patient = paused();
        patients.reportedOn(patient, hospital.source(), clock.now());
        String stopped = as(hospital)
                .body(Map.of("slotId", slot(WANG), "personId", patient.person().toString()))
                .post("/v1/follow-ups")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        stopTheFirstDay();
        String kept = kept(patient, stopped);
        String other = alternatives(patient, stopped).getString("items[1].id");

        book(patient, other).then().statusCode(409).body("rule", equalTo("appointment.late-cancel-pause"));
        book(patient, kept).then().statusCode(201).body("kind", equalTo("FOLLOW_UP"));
    }
}
