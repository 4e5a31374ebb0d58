package cn.kangka.api.directory;

import cn.kangka.api.policy.RegionRules;
import cn.kangka.api.policy.Rule;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The region's release, quotas and times. */
@ApplicationScoped
class RegionScheduleRules implements RegionRules {
    private final DirectoryConfig config;

    RegionScheduleRules(DirectoryConfig config) {
        this.config = config;
    }

    @Override
    public Map<Rule, Integer> values() {
        List<Integer> quotas = config.channelPercents();
        return Map.ofEntries(
                Map.entry(Rule.HORIZON, config.horizonDays()),
                Map.entry(Rule.RELEASE_TIME, RegionRules.time(config.releaseTime())),
                Map.entry(Rule.PREBOOKING, config.prebookingPercent()),
                Map.entry(Rule.QUOTA_APP, quotas.get(0)),
                Map.entry(Rule.QUOTA_CALL_CENTRE, quotas.get(1)),
                Map.entry(Rule.QUOTA_BANK, quotas.get(2)),
                Map.entry(Rule.QUOTA_TELECOM, quotas.get(3)),
                Map.entry(Rule.QUOTA_WEB, quotas.get(4)),
                Map.entry(Rule.REFERRAL, config.referralPercent()),
                Map.entry(Rule.FLOW_BACK_TIME, RegionRules.time(config.flowBackTime())),
                Map.entry(Rule.CANCEL_DEADLINE, RegionRules.time(config.cancelDeadline())));
    }

    @Override
    public Map<String, Map<Rule, Integer>> ofHospitals() {
        return config.releaseTimes().orElse(List.of()).stream()
                .map(RegionScheduleRules::pair)
                .collect(Collectors.toMap(
                        each -> each[0],
                        each -> Map.of(Rule.RELEASE_TIME, RegionRules.time(LocalTime.parse(each[1])))));
    }

    private static String[] pair(String text) {
        String[] pair = text.strip().split("=", -1);
        if (pair.length != 2) {
            throw new IllegalArgumentException(
                    "kangka.directory.release-times has " + text + ", which is not such as H002=18:05");
        }
        return pair;
    }

    @Override
    public Map<Rule, Integer> ofCentres() {
        return Map.of(Rule.REFERRAL, 0);
    }
}
