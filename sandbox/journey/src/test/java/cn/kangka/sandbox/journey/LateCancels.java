package cn.kangka.sandbox.journey;

import java.sql.SQLException;
import java.util.Map;

/** What makes a pause: so many bookings that were given up late. */
final class LateCancels {
    private static final int PAUSING = 3;

    private LateCancels() {}

    /** From now on the citizen is paused; their bookings were at the hospital. */
    static void pause(Citizen citizen, String hospital) throws SQLException {
        Map<String, Object> slot = Slots.free(hospital, 3, 12).get(0);
        for (int i = 0; i < PAUSING; i++) {
            String booking = citizen.book(slot.get("id").toString())
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            citizen.api().post("/v1/appointments/" + booking + "/cancel").then().statusCode(200);
            // Only tomorrow's bookings get a mark, and only after three in the afternoon.
            ApiRows.update("update appointment set late_cancel = true where id = ?::uuid", booking);
        }
    }
}
