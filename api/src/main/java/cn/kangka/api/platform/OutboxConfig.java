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

    /** How many notices are handed over at a time. */
    @WithDefault("8")
    int concurrency();
}
