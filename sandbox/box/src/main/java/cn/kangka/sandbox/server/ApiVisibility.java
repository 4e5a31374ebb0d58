package cn.kangka.sandbox.server;

import cn.kangka.sandbox.hospital.RegionDoor;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Asks {@code api} how far it is: {@code GET /v1/region-events/status} → {@code {appliedAt, causedAt}}. Events arrive
 * about in order, so that what is two seconds older than the newest applied one is there; when nothing more arrives for
 * five seconds, everything older is there. Without that endpoint: five seconds after the acknowledgement.
 */
public final class ApiVisibility implements Visibility {
    private static final long MARGIN = 2_000;
    private static final long QUIET = 5_000;
    private static final String CLIENT = "outside-checks";

    private final RegionDoor door;
    private final Clock clock;
    private volatile long visibleUpTo;
    private volatile boolean unknown;
    private String applied;
    private long quietSince;

    public ApiVisibility(RegionDoor door, Clock clock) {
        this.door = door;
        this.clock = clock;
    }

    @Override
    public boolean visible(long acknowledgedAt) {
        return acknowledgedAt <= (unknown ? clock.millis() - QUIET : visibleUpTo);
    }

    /** Asks once; blocks. */
    public synchronized void ask() throws InterruptedException {
        try {
            Optional<JsonObject> status = door.get(CLIENT, "/v1/region-events/status");
            unknown = status.isEmpty();
            status.ifPresent(this::learn);
        } catch (IOException e) {
            // api is away for the moment: what was visible is so still, and nothing more is.
            unknown = false;
        }
    }

    private void learn(JsonObject status) {
        long now = clock.millis();
        String last = status.getString("appliedAt");
        if (last == null) {
            return;
        }
        if (!last.equals(applied)) {
            applied = last;
            quietSince = now;
        }
        visibleUpTo = Math.max(
                visibleUpTo,
                OffsetDateTime.parse(status.getString("causedAt")).toInstant().toEpochMilli() - MARGIN);
        if (now - quietSince >= QUIET) {
            visibleUpTo = Math.max(visibleUpTo, now - QUIET);
        }
    }
}
