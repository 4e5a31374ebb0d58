package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What one hospital tells of a new person, the others are told. Late, when those of the demo people are delivered. */
@StartedRegion.Use
@Order(8)
class AnnouncementJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void the_other_hospitals_are_told_once_of_a_new_person_in_their_own_charset() throws IOException {
        TestPeople person = TestPeople.invent();
        try (HospitalDesk desk = HospitalDesk.of("H001")) {
            String control = "T" + System.nanoTime();
            String[] segments = {
                "EVN|A28|" + HospitalDesk.now(),
                HospitalJourneyTest.pid(desk, "T-" + person.idNumber(), person),
                "PV1|1|N"
            };
            assertThat(desk.sendAs(control, "ADT^A28^ADT_A05", segments)).contains("MSA|AA");
            assertThat(desk.sendAs(control, "ADT^A28^ADT_A05", segments)).contains("MSA|AA");
        }
        for (String id : List.of("H002", "H003", "H004", "H005", "H006", "H007")) {
            SimulatedHospital hospital = new SimulatedHospital(id);
            await().atMost(SOON).untilAsserted(() -> assertThat(hospital.received("ADT^A28", person.idNumber()))
                    .as(id)
                    .hasSize(1)
                    .allSatisfy(message -> assertThat(message).contains("|" + person.family() + "^" + person.given())));
        }
        assertThat(new SimulatedHospital("H001").received("ADT^A28", person.idNumber()))
                .as("it told us")
                .isEmpty();
    }
}
