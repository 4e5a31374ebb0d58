package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.book;
import static cn.kangka.api.appointment.BookingDesk.cancel;
import static cn.kangka.api.appointment.BookingDesk.slots;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.api.testing.Agent;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Plans;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a partner made, it can read; what somebody else made does not exist for it. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class MadeByPartnerTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    MovableClock clock;

    @Inject
    Patients patients;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private LocalDate today;
    private String bank;
    private String other;

    @BeforeEach
    void ten_in_the_morning() {
        today = LocalDate.now(ZONE);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        BookingDesk.ordersAreTaken();
        bank = partner("appointments:write");
        other = partner("appointments:write");
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private static String partner(String scope) {
        return TestTokens.client("made-" + UUID.randomUUID(), "partner", scope, Map.of("channel", "bank"));
    }

    private static Response get(String token, String path) {
        return given().auth().oauth2(token).get(path);
    }

    private String booked(String token, Patient patient, String slot) {
        return book(token, UUID.randomUUID().toString(), Map.of("slotId", slot, "personId", patient.person()))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String waits(String token, UUID person, String slot) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot, "personId", person))
                .post("/v1/waiting-entries")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** The ids of a whole list, two at a time. */
    private static List<String> all(String token, String path) {
        List<String> ids = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page = get(token, path + "?limit=2&cursor=" + next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(page.getList("items")).hasSizeLessThanOrEqualTo(2);
            ids.addAll(page.getList("items.id"));
            next = page.getString("next");
        }
        return ids;
    }

    @Test
    void bookings_are_listed_newest_first_with_what_became_of_them() {
        String slot = slots(Schedules.fresh().morning(today.plusDays(3), 1, 100).say())
                .get(0);
        List<Patient> people = patients.adults(3);
        List<String> made = new ArrayList<>();
        for (Patient each : people) {
            clock.set(today.atTime(10, made.size()).atZone(ZONE).toInstant());
            made.add(0, booked(bank, each, slot));
        }
        booked(other, patients.adult(), slot);
        BookingDesk.booked(patients.adult(), slot);
        cancel(people.get(0).token(), made.get(2)).then().statusCode(200);

        assertThat(all(bank, "/v1/partner/appointments")).isEqualTo(made);
        get(bank, "/v1/partner/appointments")
                .then()
                .body("items.status", contains("BOOKED", "BOOKED", "CANCELLED"))
                .body("items[0].person", equalTo(people.get(2).person().toString()));
    }

    @Test
    void places_on_waiting_lists_are_listed_and_read_by_who_took_them() {
        String slot =
                slots(Schedules.fresh().morning(today.plusDays(3), 1, 1).say()).get(0);
        Patient first = patients.adult();
        Patient second = patients.adult();
        String theirs = waits(bank, first.person(), slot);
        String others = waits(other, second.person(), slot);

        assertThat(all(bank, "/v1/partner/waiting-entries")).containsExactly(theirs);
        get(bank, "/v1/waiting-entries/" + theirs)
                .then()
                .statusCode(200)
                .body("status", equalTo("WAITING"))
                .body("position", equalTo(1))
                .body("person", equalTo(first.person().toString()));
        get(bank, "/v1/waiting-entries/" + others).then().statusCode(404);
        get(other, "/v1/waiting-entries/" + others).then().body("position", equalTo(2));
        get(bank, "/v1/waiting-entries/" + UUID.randomUUID()).then().statusCode(404);
        get(second.token(), "/v1/waiting-entries/" + others).then().statusCode(200);
        get(first.token(), "/v1/waiting-entries/" + others).then().statusCode(404);
        String agent = Agent.named("agent-made").token();
        get(agent, "/v1/waiting-entries/" + others).then().statusCode(403);
        given().auth()
                .oauth2(bank)
                .delete("/v1/waiting-entries/" + theirs)
                .then()
                .statusCode(204);
        get(bank, "/v1/partner/waiting-entries").then().body("items.status", contains("LEFT"));
    }

    @Test
    void without_the_scope_nothing_is_listed() {
        String reader = partner("slots:read");

        get(reader, "/v1/partner/appointments").then().statusCode(403);
        get(reader, "/v1/partner/waiting-entries").then().statusCode(403);
        get(other, "/v1/partner/appointments").then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void a_look_at_an_entry_is_in_the_person_s_access_log() {
        String slot =
                slots(Schedules.fresh().morning(today.plusDays(3), 1, 1).say()).get(0);
        Patient patient = patients.adult();
        String entry = waits(bank, patient.person(), slot);
        get(bank, "/v1/waiting-entries/" + entry).then().statusCode(200);

        assertThat(get(patient.token(), "/v1/me/access-log").jsonPath().<String>getList("items.action"))
                .contains("waiting.read");
    }

    @Test
    void each_list_is_read_by_an_index() throws SQLException {
        List<String> literals = List.of("'bank'", "now()", "'" + new UUID(0, 0) + "'", "21");

        assertThat(Plans.explain(url, password, AppointmentStore.BY_PARTNER, literals))
                .contains("ix_appointment_partner");
        assertThat(Plans.explain(url, password, WaitingStore.BY_PARTNER, literals))
                .contains("ix_waiting_entry_partner");
    }
}
