package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A lost card is stopped in every hospital within five seconds, or its holder sees which one does not know yet. */
@StartedRegion.Use
@Order(9)
class FreezeJourneyTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> HOSPITALS = List.of("H001", "H002", "H003", "H004", "H005", "H006", "H007");

    @Test
    void every_hospital_has_confirmed_within_five_seconds() throws IOException {
        TestPeople person = TestPeople.invent();
        Citizen citizen = known(person);
        String card = regional(citizen).getString("id");
        long start = System.nanoTime();
        citizen.api().post("/v1/me/cards/" + card + "/loss").then().statusCode(200);
        await().pollInterval(Duration.ofMillis(50))
                .atMost(LIMIT)
                .until(() -> regional(citizen).getList("untold").isEmpty());
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        System.out.println("a lost card is stopped in seven hospitals after " + millis + " ms");
        for (String hospital : HOSPITALS) {
            assertThat(new SimulatedHospital(hospital).received("ADT^A31", "ZCD|1|REGIONAL"))
                    .as(hospital)
                    .anyMatch(message -> message.contains(person.idNumber()) && message.contains("|LOST|"));
        }
    }

    @Test
    void a_hospital_that_is_down_is_named_until_it_knows() throws IOException {
        Citizen citizen = known(TestPeople.invent());
        String card = regional(citizen).getString("id");
        try (SimulatedHospital hospital = new SimulatedHospital("H006").down()) {
            citizen.api().post("/v1/me/cards/" + card + "/loss").then().statusCode(200);
            await().atMost(LIMIT)
                    .until(() -> regional(citizen).getList("untold").equals(List.of("H006")));
            hospital.up();
            await().atMost(SOON).until(() -> regional(citizen).getList("untold").isEmpty());
        }
    }

    private static Citizen known(TestPeople person) throws IOException {
        HospitalJourneyTest.register("H001", "FZ-" + person.idNumber(), person);
        Citizen citizen = HospitalJourneyTest.loggedIn(person);
        await().atMost(SOON).until(() -> regional(citizen) != null);
        return citizen;
    }

    private static JsonPath regional(Citizen citizen) {
        JsonPath cards = citizen.api().get("/v1/me/cards").jsonPath();
        return cards.get("items.find { it.kind == 'REGIONAL' }") == null
                ? null
                : cards.setRootPath("items.find { it.kind == 'REGIONAL' }");
    }
}
