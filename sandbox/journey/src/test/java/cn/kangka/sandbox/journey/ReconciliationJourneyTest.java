package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hospital hands in its bookings (对账): what it has is agreed, what it lost is ordered again, and then it has it. */
@StartedRegion.Use
@Order(5)
class ReconciliationJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource({"H001, H001, SIU^S12", "H002, H002, SRM^S01", "C003, centres, SIU^S12"})
    void a_booking_that_a_hospital_lost_is_ordered_again(String institution, String line, String order) {
        Citizen citizen = Citizen.nextWithRealName();
        SimulatedHospital hospital = new SimulatedHospital(line);
        Map<String, Object> slot = Slots.free(institution).get(0);
        String day = slot.get("start").toString().substring(0, 10);
        String id = citizen.book(slot.get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("id");
        awaitAccepted(citizen, id);

        Map<String, Object> report = hospital.reconciled(institution, day);
        assertThat((int) report.get("said")).isPositive();
        assertThat((int) report.get("agreed")).isPositive();
        assertThat(kind(report, id)).isNull();

        assertThat(hospital.lost(1)).isEqualTo(1);
        assertThat(kind(hospital.reconciled(institution, day), id)).isEqualTo("MISSING_THERE");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hospital.received(order, id)).hasSize(2));
        assertThat(kind(hospital.reconciled(institution, day), id)).isNull();
        awaitAccepted(citizen, id);
    }

    /** How a booking differs in a report; null when it does not. */
    @SuppressWarnings("unchecked")
    private static Object kind(Map<String, Object> report, String id) {
        return ((List<Map<String, Object>>) report.get("differences"))
                .stream()
                        .filter(each -> id.equals(each.get("appointment")))
                        .map(each -> each.get("kind"))
                        .findFirst()
                        .orElse(null);
    }

    private static void awaitAccepted(Citizen citizen, String id) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        citizen.api().get("/v1/appointments/" + id).jsonPath().getMap(""))
                .containsEntry("status", "BOOKED")
                .containsEntry("hospitalStatus", "ACCEPTED"));
    }
}
