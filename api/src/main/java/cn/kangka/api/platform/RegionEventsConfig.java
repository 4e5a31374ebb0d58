package cn.kangka.api.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events of the index are taken in. */
@ConfigMapping(prefix = "kangka.region-events")
public interface RegionEventsConfig {
    /** How many aggregates are worked on at a time, per request; each takes a database connection. */
    @WithDefault("8")
    int concurrency();

    /** How long an applied event is remembered; longer than any outbox holds one back. */
    @WithDefault("30d")
    Duration remembered();
}
