package cn.kangka.api.rush;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How load is shed when slots are published. */
@ConfigMapping(prefix = "kangka.rush")
public interface RushConfig {
    /**
     * How old an answer about free units may be at most when nothing is known to have changed since; what this replica booked
     * or gave back is in the next answer at once, what another did as soon as Redis has told it.
     */
    @WithDefault("1s")
    Duration oldest();

    /**
     * Requests for one slot within a second from which on it is refused without a look at the database when it is known to be
     * full. Below it everybody hears first of the rule that would stop them anyway.
     */
    @WithDefault("50")
    int crowd();

    /** Bookings and holds that may be at the database at once; the connections that remain are for reading. */
    @WithDefault("12")
    int bookingsAtOnce();

    /** Bookings and holds that may wait for their turn in this replica; more get 429 with Retry-After. */
    @WithDefault("20000")
    int bookingsWaiting();

    /** Answers about free units kept in memory, in characters. */
    @WithDefault("32000000")
    long keptCharacters();
}
