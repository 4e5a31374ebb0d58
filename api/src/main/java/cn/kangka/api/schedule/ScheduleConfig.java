package cn.kangka.api.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How templates become sessions. */
@ConfigMapping(prefix = "kangka.schedule")
public interface ScheduleConfig {
    /** How many days ahead are laid out, from tomorrow on; more than the longest booking horizon of 28. */
    @WithDefault("42")
    int daysAhead();

    /** How long a time band is, in minutes, where a template or file does not say; a hospital may have its own. */
    @WithDefault("30")
    int bandMinutes();
}
