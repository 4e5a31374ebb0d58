package cn.kangka.api.policy;

import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.Map;

/**
 * What holds at a hospital, or in the region.
 *
 * @param values of every rule; some only, where somebody needs no more
 */
public record HospitalRules(Map<Rule, Integer> values) {
    private static final int SECONDS = 60;

    public int get(Rule rule) {
        return values.get(rule);
    }

    public boolean is(Rule rule) {
        return get(rule) != 0;
    }

    /** A value that is a time of the day. */
    public LocalTime time(Rule rule) {
        return LocalTime.ofSecondOfDay((long) get(rule) * SECONDS);
    }

    /** A value that is in minutes or hours. */
    public Duration duration(Rule rule) {
        return switch (rule.unit()) {
            case MINUTES -> Duration.ofMinutes(get(rule));
            case HOURS -> Duration.ofHours(get(rule));
            case COUNT, PERCENT, DAYS, WORKING_DAYS, MONTHS, YEARS, TIME, YES_NO ->
                throw new IllegalArgumentException(rule + " is no duration");
        };
    }

    /** The same with some of them otherwise. */
    public HospitalRules with(Map<Rule, Integer> own) {
        if (own.isEmpty()) {
            return this;
        }
        Map<Rule, Integer> all = new EnumMap<>(values);
        all.putAll(own);
        return new HospitalRules(all);
    }

    /**
     * What holds for who has booked a session: what a rule was when the session was published, where it is stricter now.
     *
     * @param published what held then
     */
    public HospitalRules orKinder(HospitalRules published) {
        if (published.equals(this)) {
            return this;
        }
        Map<Rule, Integer> all = new EnumMap<>(values);
        all.replaceAll(
                (rule, now) -> rule.begins() == Rule.Begins.KINDER ? rule.kinder(now, published.get(rule)) : now);
        return new HospitalRules(all);
    }
}
