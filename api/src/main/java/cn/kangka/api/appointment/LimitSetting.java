package cn.kangka.api.appointment;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One number that the rules for bookings depend on; a hospital may set its own over the region's. */
enum LimitSetting {
    PER_DEPARTMENT_DAY("max-per-department-day", 1, 20),
    PER_VISIT_DAY("max-per-visit-day", 1, 20),
    PER_WEEK("max-per-7-days", 1, 50),
    WEEK_DAYS("week-days", 1, 31),
    PER_QUARTER("max-per-3-months", 1, 100),
    QUARTER_MONTHS("quarter-months", 1, 12),
    NO_SHOW_MARKS("no-show-marks", 1, 20),
    NO_SHOW_WITHIN("no-show-within-days", 1, 365),
    NO_SHOW_PAUSE("no-show-pause-days", 0, 365),
    LATE_CANCEL_MARKS("late-cancel-marks", 1, 20),
    LATE_CANCEL_WITHIN("late-cancel-within-days", 1, 365),
    LATE_CANCEL_PAUSE("late-cancel-pause-days", 0, 365),
    ADULT_AGE("adult-age", 0, 150);

    /** How far back, in days, the widest windows that anybody may set reach. */
    static final int LOOK_BACK = 2 * 366;

    private static final Map<String, LimitSetting> BY_RULE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(LimitSetting::rule, setting -> setting));

    private final String name;
    private final int least;
    private final int most;

    LimitSetting(String name, int least, int most) {
        this.name = name;
        this.least = least;
        this.most = most;
    }

    /** Its id, such as {@code appointment.max-per-7-days}. */
    String rule() {
        return "appointment." + name;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    boolean allows(int value) {
        return least <= value && value <= most;
    }

    int region(AppointmentConfig config) {
        return switch (this) {
            case PER_DEPARTMENT_DAY -> config.maxPerDepartmentDay();
            case PER_VISIT_DAY -> config.maxPerVisitDay();
            case PER_WEEK -> config.maxPerWeek();
            case WEEK_DAYS -> config.weekDays();
            case PER_QUARTER -> config.maxPerQuarter();
            case QUARTER_MONTHS -> config.quarterMonths();
            case NO_SHOW_MARKS -> config.noShowMarks();
            case NO_SHOW_WITHIN -> config.noShowWithinDays();
            case NO_SHOW_PAUSE -> config.noShowPauseDays();
            case LATE_CANCEL_MARKS -> config.lateCancelMarks();
            case LATE_CANCEL_WITHIN -> config.lateCancelWithinDays();
            case LATE_CANCEL_PAUSE -> config.lateCancelPauseDays();
            case ADULT_AGE -> config.adultAge();
        };
    }

    /** The setting of an id; null for one that is none. */
    static LimitSetting of(String rule) {
        return BY_RULE.get(rule);
    }
}
