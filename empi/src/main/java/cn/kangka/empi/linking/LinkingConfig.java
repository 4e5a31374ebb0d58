package cn.kangka.empi.linking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of linking. */
@ConfigMapping(prefix = "kangka.linking")
public interface LinkingConfig {
    /**
     * How many candidates one decision loads, 1–10000. A block that holds more is counted in
     * {@code kangka.linking.oversized} and decided by the oldest ones.
     */
    @WithDefault("500")
    int candidates();
}
