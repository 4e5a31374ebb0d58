package cn.kangka.api.appointment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Remote visits. */
@ConfigMapping(prefix = "kangka.remote")
public interface RemoteConfig {
    /**
     * Where remote visits are joined, with {@code {appointment}} and {@code {token}}; a hospital's own row overrides it. Without
     * either nobody can join.
     */
    Optional<String> joinUrl();

    /** How long before the visit the link opens; it closes with the band. */
    @WithDefault("15m")
    Duration opensBefore();

    /** How long a token of a link is good; a new one is made each time. */
    @WithDefault("5m")
    Duration tokenLife();
}
