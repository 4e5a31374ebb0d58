package cn.kangka.api.queue;

import cn.kangka.api.policy.RegionRules;
import cn.kangka.api.policy.Rule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The region's check-in. */
@ApplicationScoped
class RegionQueueRules implements RegionRules {
    private final QueueConfig config;

    RegionQueueRules(QueueConfig config) {
        this.config = config;
    }

    @Override
    public Map<Rule, Integer> values() {
        return Map.of(
                Rule.CHECK_IN_OPENS, RegionRules.minutes(config.checkInOpens()),
                Rule.LATE_CHECK_IN, config.lateCheckIn() ? 1 : 0,
                Rule.REQUEUE_BEHIND, config.requeueBehind(),
                Rule.REQUEUE_MOST, config.requeueMost());
    }
}
