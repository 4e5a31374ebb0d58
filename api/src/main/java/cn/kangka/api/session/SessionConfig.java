package cn.kangka.api.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long logins last. */
@ConfigMapping(prefix = "kangka.session")
public interface SessionConfig {
    /** Life of an access token. */
    @WithDefault("10m")
    Duration access();

    /** A citizen's login ends when it was not refreshed for so long. */
    @WithDefault("30d")
    Duration citizen();

    /** A staff login ends when it was not refreshed for so long. */
    @WithDefault("8h")
    Duration staff();
}
