package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@StartedRegion.Use
@Order(2)
class HospitalJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void a_person_registered_at_two_hospitals_in_two_charsets_is_one_person_with_one_card() throws IOException {
        TestPeople person = TestPeople.invent();
        register("H001", "J1-" + person.idNumber(), person);
        register("H002", "J2-" + person.idNumber(), person);
        Citizen citizen = loggedIn(person);
        citizen.api()
                .get("/v1/me/cards")
                .then()
                .body("items.findAll { it.kind == 'REGIONAL' && it.status == 'ACTIVE' }", hasSize(1));
        String id = citizen.api().get("/v1/me").jsonPath().getString("person");
        service()
                .get("/v1/persons/" + id)
                .then()
                .statusCode(200)
                .body("identities.source", hasItem("H001"))
                .body("identities.source", hasItem("H002"))
                .body("name", equalTo(person.name()));
    }

    @Test
    void a_resent_message_gets_the_first_answer_and_nothing_twice() throws IOException {
        TestPeople person = TestPeople.invent();
        try (HospitalDesk desk = HospitalDesk.of("H001")) {
            String control = "R" + System.nanoTime();
            String[] segments = {"EVN|A28|" + HospitalDesk.now(), pid(desk, "R-" + person.idNumber(), person), "PV1|1|N"
            };
            String first = desk.sendAs(control, "ADT^A28^ADT_A05", segments);
            assertThat(line(first, "MSA")).startsWith("MSA|AA|" + control);
            assertThat(line(desk.sendAs(control, "ADT^A28^ADT_A05", segments), "MSA"))
                    .isEqualTo(line(first, "MSA"));
        }
        service().get("/v1/persons/" + search(person)).then().statusCode(200).body("identities", hasSize(1));
    }

    @Test
    void a_result_a_correction_and_an_allergy_travel_to_the_citizen() throws IOException {
        TestPeople person = TestPeople.invent();
        String local = "L-" + person.idNumber();
        register("H001", local, person);
        Citizen citizen = loggedIn(person);
        try (HospitalDesk desk = HospitalDesk.of("H001")) {
            String order = "F" + System.nanoTime();
            assertThat(result(desk, local, person, order, "F", "105")).contains("MSA|AA");
            String report = await().atMost(SOON)
                    .until(
                            () -> citizen.api().get("/v1/me/reports").jsonPath().getString("items[0].id"),
                            id -> id != null);
            citizen.api()
                    .get("/v1/me/reports/" + report)
                    .then()
                    .body("observations[0].value.toString()", org.hamcrest.Matchers.containsString("105"))
                    .body("observations[0].flag", equalTo("L"))
                    .body("observations[0].article.id", equalTo("anemia"));
            assertThat(result(desk, local, person, order, "C", "125")).contains("MSA|AA");
            await().atMost(SOON).untilAsserted(() -> {
                List<Map<String, Object>> reports =
                        citizen.api().get("/v1/me/reports").jsonPath().getList("items");
                assertThat(reports).hasSize(1);
                citizen.api()
                        .get("/v1/me/reports/" + reports.get(0).get("id"))
                        .then()
                        .body("observations[0].value.toString()", org.hamcrest.Matchers.containsString("125"));
            });

            assertThat(desk.send(
                            "ADT^A08^ADT_A01",
                            "EVN|A08|" + HospitalDesk.now(),
                            pid(desk, local, person),
                            "PV1|1|O",
                            "AL1|1|DA^药物过敏|J01CE01^青霉素^ATC|SV|皮疹"))
                    .contains("MSA|AA");
            assertThat(desk.send(
                            "RDE^O11^RDE_O11",
                            pid(desk, local, person),
                            "ORC|NW|P" + order + "|F" + order,
                            "RXE|^^^" + HospitalDesk.now() + "|J01CA04^阿莫西林胶囊^ATC|500||mg|CAP||||||||D1^王医生"))
                    .contains("MSA|AA");
        }
        await().atMost(SOON).untilAsserted(() -> citizen.api()
                .get("/v1/me/alerts")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].tier", equalTo(1)));
    }

    @Test
    void a_merge_moves_the_results_to_the_survivor_and_a_split_takes_them_back() throws IOException {
        TestPeople person = TestPeople.invent();
        TestPeople typo = TestPeople.invent();
        register("H001", "M1-" + person.idNumber(), person);
        register("H003", "M2-" + person.idNumber(), typo);
        Citizen citizen = loggedIn(person);
        try (HospitalDesk desk = HospitalDesk.of("H003")) {
            assertThat(result(desk, "M2-" + person.idNumber(), typo, "F" + System.nanoTime(), "F", "133"))
                    .contains("MSA|AA");
        }
        String survivor = citizen.api().get("/v1/me").jsonPath().getString("person");
        String loser = search(typo);
        assertThat(citizen.api().get("/v1/me/reports").jsonPath().getList("items"))
                .isEmpty();

        registrar()
                .body(Map.of("into", survivor, "reason", "same human, mistyped at H003", "by", "journey"))
                .post("/v1/persons/" + loser + "/merge")
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
        await().atMost(SOON)
                .untilAsserted(() -> citizen.api().get("/v1/me/reports").then().body("items", hasSize(1)));
        service()
                .redirects()
                .follow(false)
                .get("/v1/persons/" + loser)
                .then()
                .statusCode(308)
                .header("Location", org.hamcrest.Matchers.endsWith("/v1/persons/" + survivor));

        String identity = service()
                .get("/v1/persons/" + survivor)
                .jsonPath()
                .getString("identities.find { it.source == 'H003' }.identity");
        registrar()
                .body(Map.of("identities", List.of(identity), "reason", "two humans after all", "by", "journey"))
                .post("/v1/persons/" + survivor + "/split")
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
        // The split suspends the account until somebody has looked: nobody may read what might be another's.
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        citizen.api().get("/v1/me/reports").statusCode())
                .isEqualTo(403));
    }

    @Test
    void what_is_wrong_is_told_by_segment_and_field_and_costs_nothing_else() throws IOException {
        try (HospitalDesk desk = HospitalDesk.of("H001")) {
            assertThat(desk.send("ADT^A28^ADT_A05", "EVN|A28|" + HospitalDesk.now(), "PV1|1|N"))
                    .containsPattern("MSA\\|A[ER]")
                    .contains("ERR|");
            assertThat(desk.send("XXX^Y99", "PID|1"))
                    .containsPattern("MSA\\|A[ER]")
                    .contains("ERR|");
            TestPeople person = TestPeople.invent();
            assertThat(desk.send(
                            "ADT^A28^ADT_A05",
                            "EVN|A28|" + HospitalDesk.now(),
                            pid(desk, "G-" + person.idNumber(), person),
                            "PV1|1|N"))
                    .contains("MSA|AA");
        }
    }

    static void register(String hospital, String localId, TestPeople person) throws IOException {
        try (HospitalDesk desk = HospitalDesk.of(hospital)) {
            String answer = desk.send(
                    "ADT^A28^ADT_A05", "EVN|A28|" + HospitalDesk.now(), pid(desk, localId, person), "PV1|1|N");
            assertThat(answer).contains("MSA|AA");
        }
    }

    static String result(
            HospitalDesk desk, String localId, TestPeople person, String order, String status, String value)
            throws IOException {
        return desk.send(
                "ORU^R01^ORU_R01",
                pid(desk, localId, person),
                "PV1|1|O",
                "ORC|RE|P" + order + "|" + order,
                "OBR|1|P" + order + "|" + order + "|58410-2^血常规^LN|||" + HospitalDesk.now() + "|||||||||||||||"
                        + HospitalDesk.now() + "||LAB|" + status,
                "OBX|1|NM|718-7^血红蛋白^LN||" + value + "|g/L|130-175|" + (value.equals("105") ? "L" : "N") + "|||"
                        + status + "|||" + HospitalDesk.now());
    }

    static Citizen loggedIn(TestPeople person) {
        Citizen citizen = Citizen.of(person);
        citizen.logIn();
        await().atMost(SOON).ignoreExceptions().untilAsserted(citizen::proveIdentityOnce);
        return citizen;
    }

    static String search(TestPeople person) {
        return service()
                .body(Map.of("idNumber", person.idNumber()))
                .post("/v1/persons/search")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("items[0].person");
    }

    static String pid(HospitalDesk desk, String localId, TestPeople person) {
        return desk.pid(
                localId,
                person.idNumber(),
                person.family(),
                person.given(),
                person.birth(),
                person.sex(),
                person.phone());
    }

    static io.restassured.specification.RequestSpecification service() {
        return Doors.empi().auth().oauth2(Clients.token(Clients.find("/clients", "service")));
    }

    static io.restassured.specification.RequestSpecification registrar() {
        return Doors.empi().auth().oauth2(Staff.token("registrar"));
    }

    private static String line(String message, String segment) {
        return message.lines()
                .filter(each -> each.startsWith(segment))
                .findFirst()
                .orElse("");
    }
}
