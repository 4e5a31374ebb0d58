package cn.kangka.sandbox.journey;

import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Finds free units as a citizen would: hospital, department, days. */
final class Slots {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Slots() {}

    static List<Map<String, Object>> free(String hospital) {
        return free(hospital, 2, 12);
    }

    /** Free slots of the first department that has any, between so many days from today. */
    static List<Map<String, Object>> free(String hospital, int fromDay, int toDay) {
        return free(Doors::api, hospital, fromDay, toDay);
    }

    /** The same with the units of the channel of who looks. */
    static List<Map<String, Object>> free(
            Supplier<RequestSpecification> eyes, String hospital, int fromDay, int toDay) {
        LocalDate today = LocalDate.now(ZONE);
        List<String> departments = Doors.api()
                .get("/v1/hospitals/" + hospital + "/departments?limit=200")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.id");
        for (String department : departments) {
            List<Map<String, Object>> slots = eyes.get()
                    .queryParam("hospital", hospital)
                    .queryParam("department", department)
                    .queryParam("from", today.plusDays(fromDay).toString())
                    .queryParam("to", today.plusDays(toDay).toString())
                    .queryParam("limit", 200)
                    .get("/v1/slots")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getList("items");
            List<Map<String, Object>> free = slots.stream()
                    .filter(slot -> ((Number) slot.get("free")).intValue() > 0)
                    .toList();
            if (!free.isEmpty()) {
                return free;
            }
        }
        throw new AssertionError("no free slot at " + hospital);
    }

    /** How many units of a slot can be booked now. */
    static int free(Map<String, Object> slot) {
        return free(Doors::api, slot);
    }

    /** The same for the channel of who looks. */
    static int free(Supplier<RequestSpecification> eyes, Map<String, Object> slot) {
        String day = day(slot);
        return eyes.get()
                .queryParam("hospital", slot.get("hospital"))
                .queryParam("department", slot.get("department"))
                .queryParam("from", day)
                .queryParam("to", day)
                .queryParam("limit", 200)
                .get("/v1/slots")
                .jsonPath()
                .getInt("items.find { it.id == '" + slot.get("id") + "' }.free");
    }

    /** The day of a slot's visit. */
    static String day(Map<String, Object> slot) {
        return slot.get("start").toString().substring(0, 10);
    }

    /** The code by which pages name a slot's department. */
    static String departmentCode(Map<String, Object> slot) {
        return Doors.api()
                .get("/v1/hospitals/" + slot.get("hospital") + "/departments?limit=200")
                .jsonPath()
                .getString("items.find { it.id == '" + slot.get("department") + "' }.code");
    }
}
