package cn.kangka.api.card;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The face of the health card. */
@ConfigMapping(prefix = "kangka.card")
public interface CardConfig {
    /** The level that cards take. */
    @WithDefault("2")
    int level();
}
