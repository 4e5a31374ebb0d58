package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;

/** Hospitals hand in their bookings for reconciliation (对账): every night, and when somebody asks. Blocks. */
final class Reconciling {
    private static final System.Logger LOG = System.getLogger(Reconciling.class.getName());
    private static final Duration NIGHTLY_AT = Duration.ofHours(2);

    private final Map<String, SimulatedHospital> hospitals;
    private final Door door;
    private final Clock clock;
    private LocalDate lastNight;

    /** Where lists are handed in: {@link RegionDoor#create}. */
    interface Door {
        JsonObject create(String clientId, String path, JsonObject list) throws IOException, InterruptedException;
    }

    Reconciling(Map<String, SimulatedHospital> hospitals, Door door, Clock clock) {
        this.hospitals = hospitals;
        this.door = door;
        this.clock = clock;
        this.lastNight = night();
    }

    /** The day, which begins at 02:00 in Asia/Shanghai. */
    private LocalDate night() {
        return LocalDate.ofInstant(clock.instant().minus(NIGHTLY_AT), SandboxSettings.ZONE);
    }

    /** Asked again and again: hands in once a night (or on waking, if the machine slept) for all that are not down. */
    void nightly() throws InterruptedException {
        if (!night().isAfter(lastNight)) {
            return;
        }
        lastNight = night();
        for (Map.Entry<String, SimulatedHospital> each : hospitals.entrySet()) {
            if (!each.getValue().isDown()) {
                try {
                    handIn(each.getKey());
                } catch (IOException away) {
                    LOG.log(System.Logger.Level.WARNING, "no reconciliation of {0} tonight: {1}", each.getKey(), away);
                }
            }
        }
    }

    /** Hands in the lists of one hospital, or of all centres: the reports as the region gave them, and their sums. */
    JsonObject handIn(String id) throws IOException, InterruptedException {
        JsonArray reports = new JsonArray();
        for (JsonObject list : hospitals.get(id).bookings().lists()) {
            reports.add(door.create("hospital-" + id, "/v1/booking-reconciliations", list));
        }
        return new JsonObject()
                .put("said", sum(reports, "said"))
                .put("agreed", sum(reports, "agreed"))
                .put("differing", sum(reports, "differing"))
                .put("reports", reports);
    }

    private static int sum(JsonArray reports, String figure) {
        return reports.stream()
                .mapToInt(each -> ((JsonObject) each).getInteger(figure))
                .sum();
    }
}
