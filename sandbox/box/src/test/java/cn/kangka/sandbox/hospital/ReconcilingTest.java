package cn.kangka.sandbox.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.hospital.Bookings.Booking;
import cn.kangka.sandbox.hospital.Bookings.Status;
import cn.kangka.sandbox.region.BookingMode;
import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilingTest {
    private static final LocalDate DAY = LocalDate.of(2026, 12, 4);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, SimulatedHospital> hospitals = new LinkedHashMap<>();
    private final List<String> clients = new ArrayList<>();
    private Instant now = Instant.parse("2026-12-01T17:50:00Z"); // 01:50 in Asia/Shanghai
    private String refused = "nobody";
    private Reconciling reconciling;

    @BeforeEach
    void start() {
        for (String id : List.of("H001", "H002", "H003")) {
            SimulatedHospital hospital = new SimulatedHospital(
                    id,
                    id,
                    0,
                    StandardCharsets.UTF_8,
                    BookingMode.KANGKA_FILLS,
                    vertx,
                    SandboxSettings.in(folder).withClock(clock()));
            hospital.bookings().note(new Booking("of " + id, id, DAY, Status.BOOKED));
            hospitals.put(id, hospital);
        }
        reconciling = new Reconciling(hospitals, this::take, clock());
    }

    @AfterEach
    void stop() {
        hospitals.values().forEach(SimulatedHospital::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void lists_are_handed_in_once_a_night_from_two_oclock_on() throws InterruptedException {
        reconciling.nightly();
        assertThat(clients).as("at 01:50").isEmpty();
        now = Instant.parse("2026-12-01T18:00:30Z");
        reconciling.nightly();
        assertThat(clients).containsExactly("hospital-H001", "hospital-H002", "hospital-H003");
        now = Instant.parse("2026-12-02T17:59:00Z");
        reconciling.nightly();
        assertThat(clients).as("until 01:59").hasSize(3);
        now = Instant.parse("2026-12-03T01:00:00Z");
        reconciling.nightly();
        assertThat(clients).as("after a night that was slept through").hasSize(6);
    }

    @Test
    void who_is_down_hands_in_nothing_and_a_failure_concerns_that_hospital_only() throws InterruptedException {
        hospitals.get("H002").behave(Mode.DOWN, 0);
        refused = "hospital-H001";
        now = Instant.parse("2026-12-01T18:00:30Z");
        reconciling.nightly();
        assertThat(clients).containsExactly("hospital-H003");
    }

    private JsonObject take(String client, String path, JsonObject list) throws IOException {
        assertThat(path).isEqualTo("/v1/booking-reconciliations");
        if (client.equals(refused)) {
            throw new IOException("503");
        }
        clients.add(client);
        return new JsonObject().put("said", 1).put("agreed", 1).put("differing", 0);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return SandboxSettings.ZONE;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
