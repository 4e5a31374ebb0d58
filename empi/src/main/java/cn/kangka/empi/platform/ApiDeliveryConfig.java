package cn.kangka.empi.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are delivered to {@code api}. */
@ConfigMapping(prefix = "kangka.api-delivery")
public interface ApiDeliveryConfig {
    /** How often the relay looks when nobody wakes it. */
    @WithDefault("500ms")
    Duration poll();

    /** How many events one call carries, 1–1000. */
    @WithDefault("200")
    int batch();

    /** How long a claim is held; longer than a call takes. */
    @WithDefault("30s")
    Duration lease();
}
