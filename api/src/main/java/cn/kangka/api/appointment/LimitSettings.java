package cn.kangka.api.appointment;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A value for each {@link LimitSetting}. */
record LimitSettings(Map<LimitSetting, Integer> values) {
    static LimitSettings of(AppointmentConfig config) {
        return new LimitSettings(
                Stream.of(LimitSetting.values()).collect(Collectors.toMap(each -> each, each -> each.region(config))));
    }

    int get(LimitSetting setting) {
        return values.get(setting);
    }

    /** The same with some of them set otherwise. */
    LimitSettings with(Map<LimitSetting, Integer> own) {
        if (own.isEmpty()) {
            return this;
        }
        Map<LimitSetting, Integer> all = new EnumMap<>(values);
        all.putAll(own);
        return new LimitSettings(all);
    }
}
