package cn.kangka.api.policy;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;

/** What a feature's settings say for the region: one value for each of its rules. */
public interface RegionRules {
    int SECONDS = 60;
    int MINUTES = 60;

    Map<Rule, Integer> values();

    /** Those that are otherwise for community health centres. */
    default Map<Rule, Integer> ofCentres() {
        return Map.of();
    }

    /** Those that the region sets otherwise for one hospital, by its id; the hospital's own stand above them. */
    default Map<String, Map<Rule, Integer>> ofHospitals() {
        return Map.of();
    }

    static int time(LocalTime time) {
        return minutes(Duration.ofSeconds(time.toSecondOfDay()));
    }

    /** Whole minutes; what is none cannot be shown and set, so it is no value. */
    static int minutes(Duration duration) {
        if (duration.toSeconds() % SECONDS != 0) {
            throw new IllegalArgumentException("not in whole minutes: " + duration);
        }
        return Math.toIntExact(duration.toMinutes());
    }

    static int hours(Duration duration) {
        int minutes = minutes(duration);
        if (minutes % MINUTES != 0) {
            throw new IllegalArgumentException("not in whole hours: " + duration);
        }
        return minutes / MINUTES;
    }
}
