package cn.kangka.empi.hospital;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether this process takes messages and sends them: {@code kangka.traffic}. */
@ConfigMapping(prefix = "kangka.traffic")
public interface TrafficConfig {
    /** False in a process that only loads a file: the service beside it does both. */
    @WithDefault("true")
    boolean enabled();
}
