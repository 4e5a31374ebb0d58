package cn.kangka.sandbox.journey;

import java.util.List;
import java.util.Map;

/** A hospital of the sandbox, and the switches by which a test makes it refuse, fail and come back. */
record SimulatedHospital(String id) implements AutoCloseable {
    /** Answers within two seconds and accepts. */
    SimulatedHospital up() {
        return behave("UP");
    }

    /** Answers at once, and refuses every booking. */
    SimulatedHospital refusing() {
        return behave("REFUSING");
    }

    /** Does not listen. */
    SimulatedHospital down() {
        return behave("DOWN");
    }

    private SimulatedHospital behave(String mode) {
        Doors.sandbox()
                .body(Map.of("mode", mode))
                .post("/hospitals/" + id + "/mode")
                .then()
                .statusCode(200);
        return this;
    }

    /** Messages of a type, such as {@code SRM^S01}, that the hospital got lately about something. */
    List<String> received(String type, String about) {
        return Doors.sandbox().get("/hospitals/" + id + "/messages").jsonPath().getList("", String.class).stream()
                .filter(message -> message.split("\r", 2)[0].contains("|" + type) && message.contains(about))
                .toList();
    }

    /** Hands in its bookings now; the report of one institution and day. */
    Map<String, Object> reconciled(String institution, String day) {
        return Doors.sandbox()
                .post("/hospitals/" + id + "/reconciliations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("reports.find { it.hospital == '" + institution + "' && it.day == '" + day + "' }");
    }

    /** Forgets its newest bookings, so many at most; how many. */
    int lost(int most) {
        return Doors.sandbox()
                .body(Map.of("bookings", most))
                .post("/hospitals/" + id + "/losses")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("lost");
    }

    /** Up again, whatever the test made of it. */
    @Override
    public void close() {
        up();
    }
}
