package cn.kangka.api.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** The region's rules for schedules; a hospital may have its own of all but the last ({@code cn.kangka.api.policy.Rule}). */
@ConfigMapping(prefix = "kangka.directory")
public interface DirectoryConfig {
    /** Share of a session's units on pre-booking, in percent; the rest stays on site for people without phones. */
    @WithDefault("80")
    int prebookingPercent();

    /**
     * Quotas of the channels app, call-centre, bank, telecom, web, in percent of the bookable share; 100 together. Web are portals
     * that book as registered clients; citizens' own logins are app, in whatever browser (docs/adr/0032).
     */
    @WithDefault("60,15,10,10,5")
    List<Integer> channelPercents();

    /**
     * Share of the bookable units that is kept for follow-ups and referrals until quotas flow back, in percent; for
     * hospitals. Centres keep none, unless they say otherwise.
     */
    @WithDefault("10")
    int referralPercent();

    /** How many days before the visit a session is released, 1–28. */
    @WithDefault("14")
    int horizonDays();

    /** At what time of that day, by the clock of the server. */
    @WithDefault("18:00")
    LocalTime releaseTime();

    /**
     * Where it is another time, so that the hospitals of a region do not all release in the same second: {@code H002=18:05},
     * one for each such hospital. A hospital's own value stands above it.
     */
    Optional<List<String>> releaseTimes();

    /** When, the day before the visit, the unsold quotas flow back to the common pool. */
    @WithDefault("18:00")
    LocalTime flowBackTime();

    /** Until when, the day before the visit, a booking can be cancelled without a mark. */
    @WithDefault("15:00")
    LocalTime cancelDeadline();

    /** Which source ids are community health centres, as a regular expression; all others are hospitals. */
    @WithDefault("C\\d+")
    String centreIds();
}
