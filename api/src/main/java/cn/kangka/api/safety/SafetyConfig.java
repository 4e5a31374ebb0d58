package cn.kangka.api.safety;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of safety alerts. */
@ConfigMapping(prefix = "kangka.safety")
public interface SafetyConfig {
    /** The account level that it takes to read one's alerts and allergies; 2 is real name. */
    @WithDefault("2")
    int level();

    /** Orders older than this are no longer compared with a new allergy. */
    @WithDefault("P90D")
    Duration orderWindow();

    /** How many orders of one person are compared at most, newest first. */
    @WithDefault("500")
    int orderLimit();

    /** How often comparisons and notices that waited for an identity are looked for. */
    @WithDefault("10s")
    String checkEvery();

    /** How many of them one unit of work takes. */
    @WithDefault("100")
    int checkBatch();
}
