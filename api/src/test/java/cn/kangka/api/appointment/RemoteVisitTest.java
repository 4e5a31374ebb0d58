package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.booked;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import cn.kangka.api.testing.Tokens;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class RemoteVisitTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    private LocalDate day;
    private Schedules hospital;
    private String slot;

    @BeforeEach
    void a_remote_morning() {
        day = LocalDate.now(ZONE).plusDays(3);
        at(day.minusDays(3), 10, 0);
        Neighbours.ordersAreTaken();
        hospital = Schedules.fresh().hospital("互联网医院").say();
        pool.preparedQuery("update hospital set join_url = 'https://video.example.org/j?v={appointment}&t={token}'"
                        + " where id = $1")
                .execute(Tuple.of(hospital.source()))
                .await()
                .indefinitely();
        hospital.morning(day, 2, 5).remote().say();
        slot = BookingDesk.slots(hospital).get(0);
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private void at(LocalDate date, int hour, int minute) {
        clock.set(date.atTime(hour, minute).atZone(ZONE).toInstant());
    }

    private static Response join(Patient patient, String appointment) {
        return given().auth().oauth2(patient.token()).get("/v1/appointments/" + appointment + "/join");
    }

    @Test
    void slots_and_bookings_say_that_they_are_remote() {
        Schedules other = Schedules.fresh().morning(day, 1, 1).say();

        given().get("/v1/slots?hospital=" + hospital.source()).then().body("items.modality", everyItem(is("REMOTE")));
        given().get("/v1/slots?hospital=" + other.source()).then().body("items[0].modality", is("IN_PERSON"));
        given().get("/fhir/Slot/" + slot).then().statusCode(200).body("serviceCategory[0].coding[0].code", is("VR"));
        Patient patient = patients.adult();
        given().auth()
                .oauth2(patient.token())
                .get("/v1/appointments/" + booked(patient, slot))
                .then()
                .body("modality", is("REMOTE"));
    }

    @Test
    void a_doctors_two_sessions_of_one_half_day_are_told_apart() {
        hospital.session("S2", "D1", "CARD", day, true)
                .bands("S2", day, true, 2, 5)
                .say();
        List<Map<String, Object>> slots = given().get("/v1/slots?limit=200&hospital=" + hospital.source())
                .jsonPath()
                .getList("items");
        Map<Object, List<Map<String, Object>>> sessions =
                slots.stream().collect(Collectors.groupingBy(each -> each.get("session")));
        assertThat(sessions).hasSize(2);
        assertThat(sessions.values())
                .allSatisfy(bands -> assertThat(bands).hasSize(2))
                .anySatisfy(bands ->
                        assertThat(bands).allSatisfy(each -> assertThat(each).containsEntry("modality", "REMOTE")))
                .anySatisfy(bands ->
                        assertThat(bands).allSatisfy(each -> assertThat(each).containsEntry("modality", "IN_PERSON")));
        given().get("/v1/slots/nearest?hospital=" + hospital.source()).then().body("items[0].session", notNullValue());
    }

    @Test
    void it_is_joined_from_a_quarter_of_an_hour_before_until_the_end_of_the_band() {
        Patient patient = patients.adult();
        String appointment = booked(patient, slot);

        at(day, 8, 14);
        join(patient, appointment)
                .then()
                .statusCode(409)
                .body("rule", is("appointment.remote-too-early"))
                .body("liftsAt", startsWith(day + "T08:15"))
                .body("detail", containsString(day + " 08:15"));

        at(day, 8, 15);
        JsonPath link = join(patient, appointment)
                .then()
                .statusCode(200)
                .body("opensAt", startsWith(day + "T08:15"))
                .body("closesAt", startsWith(day + "T09:00"))
                .extract()
                .jsonPath();
        String url = link.getString("url");
        assertThat(url).startsWith("https://video.example.org/j?v=" + appointment + "&t=");
        String token = url.substring(url.indexOf("&t=") + 3);
        assertThat(url)
                .doesNotContain(patient.person().toString())
                .doesNotContain(patient.account().toString());
        JsonPath claims = Tokens.claims(token);
        assertThat(claims.getString("sub")).isEqualTo(appointment);
        assertThat(claims.prettify()).doesNotContain(patient.person().toString());
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(300);

        at(day, 8, 58);
        String late =
                join(patient, appointment).then().statusCode(200).extract().path("url");
        assertThat(Tokens.claims(late.substring(late.indexOf("&t=") + 3)).getLong("exp"))
                .isEqualTo(day.atTime(9, 0).atZone(ZONE).toEpochSecond());

        at(day, 9, 0);
        join(patient, appointment).then().statusCode(409).body("rule", is("appointment.remote-closed"));
    }

    @Test
    void it_is_the_persons_own() {
        Patient patient = patients.adult();
        String appointment = booked(patient, slot);
        at(day, 8, 20);

        join(patients.adult(), appointment).then().statusCode(404);
        join(patient, appointment).then().statusCode(200).body("url", notNullValue());
        BookingDesk.cancel(patient.token(), appointment).then().statusCode(200);
        join(patient, appointment).then().statusCode(409).body("rule", is("appointment.remote-closed"));
    }

    @Test
    void who_joined_has_come_and_only_the_hospitals_word_marks_the_others() {
        Patient joined = patients.adult();
        Patient absent = patients.adult();
        String first = booked(joined, slot);
        String second = booked(absent, slot);
        String there = booked(patients.adult(), slot);
        pool.preparedQuery("update appointment set arrival_reported_at = now() where id = $1")
                .execute(Tuple.of(UUID.fromString(there)))
                .await()
                .indefinitely();
        at(day, 8, 20);
        join(joined, first).then().statusCode(200);

        at(day.plusDays(1), 12, 0);
        MissedVisits.mark();
        BookingDesk.read(joined.token(), first).then().body("status", is("COMPLETED"));
        BookingDesk.read(absent.token(), second).then().body("status", is("MISSED"));
        given().auth().oauth2(absent.token()).get("/v1/me/marks").then().body("items", empty());
    }

    @Test
    void a_link_is_no_token_of_ours() {
        Patient patient = patients.adult();
        String appointment = booked(patient, slot);
        at(day, 8, 20);
        String url = join(patient, appointment).then().extract().path("url");
        String token = url.substring(url.indexOf("&t=") + 3);

        given().auth()
                .oauth2(token)
                .get("/v1/appointments/" + appointment)
                .then()
                .statusCode(not(is(200)));
    }
}
