package cn.kangka.api.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the outbox is delivered. */
@ConfigMapping(prefix = "kangka.outbox")
public interface OutboxConfig {
    /** How often a relay looks when nobody wakes it. */
    @WithDefault("500ms")
    Duration poll();

    /** How many events one claim takes. */
    @WithDefault("200")
    int batch();

    /** How long a claim is held; longer than delivering a batch takes. */
    @WithDefault("30s")
    Duration lease();

    /**
     * How long a relay rests between two claims while people wait for their turn to book: hospitals and notices hear of the
     * bookings of a rush a little later, in larger batches, and {@link #batch} events for each destination go out at least
     * every so often.
     */
    @WithDefault("3s")
    Duration restInRush();

    /** How many notices are handed over at a time. */
    @WithDefault("8")
    int concurrency();
}
