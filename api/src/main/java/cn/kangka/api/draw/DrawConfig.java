package cn.kangka.api.draw;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;

/** The region's rules for draws. A draw keeps the times that it was opened with. */
@ConfigMapping(prefix = "kangka.draw")
public interface DrawConfig {
    /** How many days after the release the window closes … */
    @WithDefault("2")
    int windowDays();

    /** … and at what time of that day. */
    @WithDefault("20:00")
    LocalTime closes();

    /** But never later than so long before the last moment at which a booking is cancelled without a mark. */
    @WithDefault("24h")
    Duration beforeCancelDeadline();

    /** A window that would be shorter is none: the session is booked like any other. */
    @WithDefault("4h")
    Duration shortestWindow();

    /** How long the closed list and its digest are public before the seed is. */
    @WithDefault("10m")
    Duration revealAfter();

    /** In how many open draws a person may be at a time. */
    @WithDefault("3")
    int entriesPerPerson();
}
