package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A booking where the hospital decides (SRM, SRR): it takes it, it refuses it, it is away. Each time one outcome. */
@StartedRegion.Use
@Order(4)
class HospitalDecisionJourneyTest {
    private static final String HOSPITAL = "H002";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern VALUE =
            Pattern.compile("kangka_outbox_deliveries_total\\{destination=\"hospital:\",outcome=\"retry\"} ([0-9.E]+)");

    @Test
    void a_hospital_that_decides_takes_a_booking_and_is_told_when_it_is_cancelled() {
        Citizen citizen = Citizen.nextWithRealName();
        Map<String, Object> slot = Slots.free(HOSPITAL).get(0);
        SimulatedHospital hospital = new SimulatedHospital(HOSPITAL);
        String id = booked(citizen, slot);

        awaitAnswer(citizen, id, "BOOKED", "ACCEPTED");
        assertThat(hospital.received("SRM^S01", id)).hasSize(1);

        int taken = Slots.free(slot);
        citizen.api().post("/v1/appointments/" + id + "/cancel").then().statusCode(200);
        await().atMost(Duration.ofSeconds(5)).until(() -> Slots.free(slot) == taken + 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(hospital.received("SRM^S04", id))
                .hasSize(1));
    }

    @Test
    void a_refusal_blocks_the_unit_is_told_to_the_citizen_and_offers_others() {
        Citizen citizen = Citizen.nextWithRealName();
        Map<String, Object> slot = Slots.free(HOSPITAL).get(0);
        int free = Slots.free(slot);
        try (SimulatedHospital hospital = new SimulatedHospital(HOSPITAL).refusing()) {
            String id = booked(citizen, slot);
            awaitAnswer(citizen, id, "REFUSED", "REFUSED");
            citizen.api().get("/v1/appointments/" + id).then().body("reason", equalTo("医院暂不接受预约"));
            assertThat(Slots.free(slot)).as("the unit is blocked").isEqualTo(free - 1);
            await().atMost(SOON).untilAsserted(() -> citizen.notification()
                    .get("/v1/me/inbox")
                    .then()
                    .body("items.findAll { it.link == '/appointments/" + id + "' }.title", hasItem("预约未成功")));
            citizen.bff().get("/v1/home").then().statusCode(200).body("nextAppointment", equalTo(null));

            JsonPath others = citizen.api()
                    .get("/v1/appointments/" + id + "/alternatives")
                    .then()
                    .statusCode(200)
                    .body("items.id", not(hasItem(slot.get("id").toString())))
                    .extract()
                    .jsonPath();
            assertThat(others.getList("items.free", Integer.class)).isNotEmpty().allMatch(each -> each > 0);

            hospital.up();
            awaitAnswer(citizen, booked(citizen, others.getMap("items[0]")), "BOOKED", "ACCEPTED");
            awaitAnswer(citizen, id, "REFUSED", "REFUSED");
        }
    }

    @Test
    void a_hospital_that_is_down_leaves_the_booking_pending_and_decides_when_it_is_back() {
        Citizen citizen = Citizen.nextWithRealName();
        Map<String, Object> slot = Slots.free(HOSPITAL).get(0);
        try (SimulatedHospital hospital = new SimulatedHospital(HOSPITAL).down()) {
            double tries = retries();
            String id = booked(citizen, slot);
            await().atMost(SOON).until(() -> retries() >= tries + 2);
            awaitAnswer(citizen, id, "BOOKED", "PENDING");
            Doors.api()
                    .auth()
                    .oauth2(Staff.token("agent"))
                    .get("/v1/appointments?pendingMinutes=0&limit=200")
                    .then()
                    .statusCode(200)
                    .body("items.id", hasItem(id));

            hospital.up();
            awaitAnswer(citizen, id, "BOOKED", "ACCEPTED");
            assertThat(hospital.received("SRM^S01", id)).as("asked once").hasSize(1);
        }
    }

    private static String booked(Citizen citizen, Map<String, Object> slot) {
        return citizen.book(slot.get("id").toString())
                .then()
                .statusCode(201)
                .body("hospitalStatus", equalTo("PENDING"))
                .extract()
                .jsonPath()
                .getString("id");
    }

    private static void awaitAnswer(Citizen citizen, String id, String status, String hospitalStatus) {
        await().atMost(SOON).untilAsserted(() -> citizen.api()
                .get("/v1/appointments/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo(status))
                .body("hospitalStatus", equalTo(hospitalStatus)));
    }

    /** How often the index did not reach a hospital with a message. */
    private static double retries() {
        return VALUE.matcher(Doors.empi().get("/q/metrics").asString())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }
}
