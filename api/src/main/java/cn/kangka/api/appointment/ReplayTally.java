package cn.kangka.api.appointment;

import cn.kangka.api.appointment.PolicyReplay.Booker;
import cn.kangka.api.appointment.PolicyReplay.Outcome;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a replay said of many people; nobody of them is kept. One thread at a time. */
final class ReplayTally {
    private static final Map<Integer, String> BANDS = bands();
    private static final String UNKNOWN = "unknown";

    private final PolicyReplay replay;
    private final LocalDate ageOn;
    private final Map<String, int[]> rules = new TreeMap<>();
    private final Map<String, Integer> ages = new LinkedHashMap<>();
    private int bookings;
    private int bookers;
    private int stopped;
    private int people;
    private int pauses;

    ReplayTally(PolicyReplay replay, LocalDate ageOn) {
        this.replay = replay;
        this.ageOn = ageOn;
        BANDS.values().forEach(band -> ages.put(band, 0));
        ages.put(UNKNOWN, 0);
    }

    private static Map<Integer, String> bands() {
        Map<Integer, String> bands = new LinkedHashMap<>();
        bands.put(17, "0-17");
        bands.put(44, "18-44");
        bands.put(59, "45-59");
        bands.put(74, "60-74");
        bands.put(Integer.MAX_VALUE, "75+");
        return bands;
    }

    void add(Booker booker) {
        Outcome outcome = replay.of(booker);
        bookings += outcome.judged();
        bookers++;
        pauses += outcome.pauses();
        if (outcome.allStopped() > 0) {
            stopped += outcome.allStopped();
            people++;
            ages.merge(band(booker.birth()), 1, Integer::sum);
            outcome.stopped().forEach((rule, count) -> {
                int[] counts = rules.computeIfAbsent(rule, ignored -> new int[2]);
                counts[0] += count;
                counts[1]++;
            });
        }
    }

    private String band(LocalDate birth) {
        if (birth == null) {
            return UNKNOWN;
        }
        int age = Period.between(birth, ageOn).getYears();
        return BANDS.entrySet().stream()
                .filter(band -> age <= band.getKey())
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    int bookings() {
        return bookings;
    }

    int bookers() {
        return bookers;
    }

    PolicyDryRunView.Effect effect() {
        List<PolicyDryRunView.ByRule> byRule = rules.entrySet().stream()
                .map(each -> new PolicyDryRunView.ByRule(each.getKey(), each.getValue()[0], each.getValue()[1]))
                .toList();
        List<PolicyDryRunView.ByAge> byAge = ages.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> new PolicyDryRunView.ByAge(each.getKey(), each.getValue()))
                .toList();
        return new PolicyDryRunView.Effect(stopped, people, byRule, byAge, pauses);
    }
}
