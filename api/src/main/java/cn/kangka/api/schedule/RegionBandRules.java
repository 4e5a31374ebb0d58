package cn.kangka.api.schedule;

import cn.kangka.api.policy.RegionRules;
import cn.kangka.api.policy.Rule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The region's time bands. */
@ApplicationScoped
class RegionBandRules implements RegionRules {
    private final ScheduleConfig config;

    RegionBandRules(ScheduleConfig config) {
        this.config = config;
    }

    @Override
    public Map<Rule, Integer> values() {
        return Map.of(Rule.BAND, config.bandMinutes());
    }
}
