package cn.kangka.api.draw;

import cn.kangka.api.policy.RegionRules;
import cn.kangka.api.policy.Rule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The region's draws. */
@ApplicationScoped
class RegionDrawRules implements RegionRules {
    private final DrawConfig config;

    RegionDrawRules(DrawConfig config) {
        this.config = config;
    }

    @Override
    public Map<Rule, Integer> values() {
        return Map.of(
                Rule.DRAW_WINDOW, config.windowDays(),
                Rule.DRAW_CLOSES, RegionRules.time(config.closes()),
                Rule.DRAW_BEFORE_DEADLINE, RegionRules.hours(config.beforeCancelDeadline()),
                Rule.DRAW_SHORTEST, RegionRules.hours(config.shortestWindow()),
                Rule.DRAW_REVEAL, RegionRules.minutes(config.revealAfter()),
                Rule.DRAW_ENTRIES, config.entriesPerPerson());
    }
}
