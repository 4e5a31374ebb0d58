package cn.kangka.api.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Names of hospitals and centres. */
@ConfigMapping(prefix = "kangka.institutions")
public interface InstitutionsConfig {
    /** How long names are remembered; a new hospital shows up within this time. */
    @WithDefault("10m")
    Duration remembered();

    /** When the index did not answer, it is asked again after this time. */
    @WithDefault("10s")
    Duration askAgain();
}
