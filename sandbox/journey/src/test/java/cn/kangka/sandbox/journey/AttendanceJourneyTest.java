package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who checks in with the region is told to the hospital, whoever fills its appointments; once, and its books agree. */
@StartedRegion.Use
@Order(6)
class AttendanceJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

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

    /** The clock of the region is the real one: the visit is brought to it. */
    private static void nowBegins(Map<String, Object> slot) throws SQLException {
        String times = " set start_at = now() + interval '20 minutes', end_at = now() + interval '50 minutes'";
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        try (Connection connection = DriverManager.getConnection(url, "api", "api");
                Statement statement = connection.createStatement()) {
            statement.execute("update slot" + times + " where id = '" + slot.get("id") + "'");
            statement.execute("update appointment" + times
                    + ", visit_date = ((now() + interval '20 minutes') at time zone 'Asia/Shanghai')::date"
                    + " where slot_id = '" + slot.get("id") + "'");
        }
    }
}
