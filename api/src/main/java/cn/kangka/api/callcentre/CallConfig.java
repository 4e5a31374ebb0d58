package cn.kangka.api.callcentre;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Checks on the phone (domain rules, "Call centre"). */
@ConfigMapping(prefix = "kangka.call-centre")
public interface CallConfig {
    /** So many of name, birth date, last four of the id, phone and last visit must be right for level 1. */
    @WithDefault("3")
    int itemsForLevelOne();

    /** So many failed checks about one person, in whichever calls, end the agents' part: a supervisor takes over. */
    @WithDefault("3")
    int tries();

    /** How long failed checks about a person count, from the first one on. */
    @WithDefault("24h")
    Duration window();

    /** So many failed checks of one agent, about whomever: a caller who tries one person after the other is stopped. */
    @WithDefault("10")
    int agentTries();

    /** How long an agent's failed checks count, from the first one on. */
    @WithDefault("1h")
    Duration agentWindow();

    /** How long a call stays open without being ended. */
    @WithDefault("30m")
    Duration longest();
}
