package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who checks in with the region is told to the hospital, whoever fills its appointments; once, and its books agree. */
@StartedRegion.Use
@Order(6)
class AttendanceJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** The sandbox looks for missed visits more often than a region has to. */
    private static final Duration LATER = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"H001", "H002"})
    void a_hospital_hears_of_an_arrival_once(String id) throws SQLException {
        Citizen citizen = Citizen.nextWithRealName();
        SimulatedHospital hospital = new SimulatedHospital(id);
        List<Map<String, Object>> free = Slots.free(id);
        Map<String, Object> slot = free.get(free.size() - 1);
        String booking = citizen.book(slot.get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        await().atMost(SOON).until(() -> "ACCEPTED"
                .equals(citizen.api().get("/v1/appointments/" + booking).path("hospitalStatus")));
        nowBegins(slot);
        Map<String, Object> terminal = Clients.find("/clients", "terminal-" + id);
        for (int again = 0; again < 2; again++) {
            Clients.as(terminal)
                    .body(Map.of("appointmentId", booking))
                    .post("/v1/check-ins")
                    .then()
                    .statusCode(200);
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(hospital.received("SIU^S14", booking))
                .hasSize(1));
        assertThat(hospital.received("SIU^S14", booking).get(0)).contains("|Arrived^^HL70278");
        String day = hospital.received("SIU^S14", booking)
                .get(0)
                .replaceAll("(?s).*\rTQ1\\|1\\|{6}(\\d{4})(\\d\\d)(\\d\\d).*", "$1-$2-$3");
        Map<String, Object> report = hospital.reconciled(id, day);
        assertThat((int) report.get("agreed")).isPositive();
        assertThat((List<?>) report.get("differences"))
                .noneMatch(each -> booking.equals(((Map<?, ?>) each).get("appointment")));
        assertThat(hospital.received("SIU^S14", booking)).hasSize(1);
        assertThat((String) citizen.api().get("/v1/appointments/" + booking).path("status"))
                .isEqualTo("CHECKED_IN");
    }

    @Test
    void who_does_not_come_has_missed_the_visit_and_the_hospital_hears_of_it_once() throws SQLException {
        String id = "H003";
        SimulatedHospital hospital = new SimulatedHospital(id);
        Map<String, Object> slot = Slots.free(id, 2, 12).stream()
                .filter(each -> ((Number) each.get("free")).intValue() >= 2)
                .reduce((one, later) -> later)
                .orElseThrow();
        Citizen came = Citizen.nextWithRealName();
        Citizen absent = Citizen.nextWithRealName();
        String kept = accepted(came, slot);
        String missed = accepted(absent, slot);
        nowBegins(slot);
        Map<String, Object> terminal = Clients.find("/clients", "terminal-" + id);
        Clients.as(terminal)
                .body(Map.of("appointmentId", kept))
                .post("/v1/check-ins")
                .then()
                .statusCode(200);
        // Where nobody is called, nobody can know who came, and nothing would count against anybody.
        Clients.as(terminal)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("room", "3"))
                .post("/v1/queues/" + sessionOf(slot) + "/next")
                .then()
                .statusCode(200);
        wasThen(slot, "-13 hours");

        await().atMost(LATER)
                .untilAsserted(() -> assertThat(status(absent, missed)).isEqualTo("MISSED"));
        absent.api()
                .get("/v1/me/marks")
                .then()
                .body("items.appointment", contains(missed))
                .body("items[0].kind", equalTo("NO_SHOW"));
        await().atMost(SOON).untilAsserted(() -> assertThat(hospital.received("SIU^S26", missed))
                .hasSize(1));
        assertThat(hospital.received("SIU^S26", missed).get(0)).contains("|Noshow^^HL70278");
        assertThat(status(came, kept)).isIn("CHECKED_IN", "COMPLETED");
        came.api().get("/v1/me/marks").then().body("items", empty());
        assertThat(hospital.received("SIU^S26", kept)).isEmpty();
    }

    private static String accepted(Citizen citizen, Map<String, Object> slot) {
        String booking = citizen.book(slot.get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        await().atMost(SOON).until(() -> "ACCEPTED"
                .equals(citizen.api().get("/v1/appointments/" + booking).path("hospitalStatus")));
        return booking;
    }

    private static String status(Citizen citizen, String booking) {
        return citizen.api().get("/v1/appointments/" + booking).path("status");
    }

    private static String sessionOf(Map<String, Object> slot) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        try (Connection connection = DriverManager.getConnection(url, "api", "api");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select session_id from slot where id = '" + slot.get("id") + "'")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void nowBegins(Map<String, Object> slot) throws SQLException {
        wasThen(slot, "20 minutes");
    }

    /** The clock of the region is the real one: the visit is brought to it. */
    private static void wasThen(Map<String, Object> slot, String fromNow) throws SQLException {
        String start = "now() + interval '" + fromNow + "'";
        String times = " set start_at = " + start + ", end_at = " + start + " + interval '30 minutes'";
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        try (Connection connection = DriverManager.getConnection(url, "api", "api");
                Statement statement = connection.createStatement()) {
            statement.execute("update slot" + times + " where id = '" + slot.get("id") + "'");
            statement.execute("update appointment" + times
                    + ", visit_date = ((" + start + ") at time zone 'Asia/Shanghai')::date"
                    + " where slot_id = '" + slot.get("id") + "'");
        }
    }
}
