package cn.kangka.api.dependant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** For whom citizens may book. */
@ConfigMapping(prefix = "kangka.dependant")
public interface DependantConfig {
    /** How many people an account may book for, besides its own person. */
    @WithDefault("5")
    int perAccount();

    /** Account level that it takes: the phone is known to be the carer's. */
    @WithDefault("2")
    int level();

    /** At what age people decide alone: from then on only their own agreement counts. */
    @WithDefault("18")
    int adultAge();

    /** From what age a minor with an account of their own is asked as well. */
    @WithDefault("14")
    int consentAge();

    /** How long an agreement may be given: so long its code is good. */
    @WithDefault("10m")
    Duration pendingFor();
}
