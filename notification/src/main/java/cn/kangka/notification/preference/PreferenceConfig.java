package cn.kangka.notification.preference;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.LocalTime;

/** What holds for a person who never said otherwise. */
@ConfigMapping(prefix = "kangka.preference")
public interface PreferenceConfig {
    /** From when on push and SMS wait, region's time. */
    @WithDefault("22:00")
    LocalTime quietFrom();

    /** Until when they wait. */
    @WithDefault("06:00")
    LocalTime quietTo();
}
