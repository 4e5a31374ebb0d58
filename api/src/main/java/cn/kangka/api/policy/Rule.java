package cn.kangka.api.policy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One value that the rules for appointments depend on; a hospital may set its own over the region's. All of them stand here; the
 * region's are settings of the features ({@link RegionRules}).
 */
public enum Rule {
    PER_DEPARTMENT_DAY("max-per-department-day", Topic.LIMITS, Unit.COUNT, 1, 20, Begins.NEXT),
    PER_VISIT_DAY("max-per-visit-day", Topic.LIMITS, Unit.COUNT, 1, 20, Begins.NEXT),
    PER_WEEK("max-per-7-days", Topic.LIMITS, Unit.COUNT, 1, 50, Begins.NEXT),
    WEEK_DAYS("week-days", Topic.LIMITS, Unit.DAYS, 1, 31, Begins.NEXT),
    PER_QUARTER("max-per-3-months", Topic.LIMITS, Unit.COUNT, 1, 100, Begins.NEXT),
    QUARTER_MONTHS("quarter-months", Topic.LIMITS, Unit.MONTHS, 1, 12, Begins.NEXT),
    NO_SHOW_MARKS("no-show-marks", Topic.LIMITS, Unit.COUNT, 1, 20, Begins.NEXT),
    NO_SHOW_WITHIN("no-show-within-days", Topic.LIMITS, Unit.DAYS, 1, 365, Begins.NEXT),
    NO_SHOW_PAUSE("no-show-pause-days", Topic.LIMITS, Unit.DAYS, 0, 365, Begins.NEXT),
    LATE_CANCEL_MARKS("late-cancel-marks", Topic.LIMITS, Unit.COUNT, 1, 20, Begins.NEXT),
    LATE_CANCEL_WITHIN("late-cancel-within-days", Topic.LIMITS, Unit.DAYS, 1, 365, Begins.NEXT),
    LATE_CANCEL_PAUSE("late-cancel-pause-days", Topic.LIMITS, Unit.DAYS, 0, 365, Begins.NEXT),
    ADULT_AGE("adult-age", Topic.LIMITS, Unit.YEARS, 0, 150, Begins.NEXT),

    HORIZON("horizon-days", Topic.UNITS, Unit.DAYS, 1, 28, Begins.PUBLISHED),
    RELEASE_TIME("release-time", Topic.UNITS, Unit.TIME, 0, Rule.LAST_MINUTE, Begins.PUBLISHED),
    PREBOOKING("prebooking-percent", Topic.UNITS, Unit.PERCENT, 0, 100, Begins.REPUBLISHED),
    QUOTA_APP("quota-app", Topic.UNITS, Unit.PERCENT, 0, 100, Begins.REPUBLISHED),
    QUOTA_CALL_CENTRE("quota-call-centre", Topic.UNITS, Unit.PERCENT, 0, 100, Begins.REPUBLISHED),
    QUOTA_BANK("quota-bank", Topic.UNITS, Unit.PERCENT, 0, 100, Begins.REPUBLISHED),
    QUOTA_TELECOM("quota-telecom", Topic.UNITS, Unit.PERCENT, 0, 100, Begins.REPUBLISHED),
    QUOTA_WEB("quota-web", Topic.UNITS, Unit.PERCENT, 0, 100, Begins.REPUBLISHED),
    REFERRAL("referral-percent", Topic.UNITS, Unit.PERCENT, 0, 100, Begins.REPUBLISHED),
    FLOW_BACK_TIME("flow-back-time", Topic.UNITS, Unit.TIME, 0, Rule.LAST_MINUTE, Begins.PUBLISHED),
    BAND("band-minutes", Topic.UNITS, Unit.MINUTES, 5, 240, Begins.NEXT),

    HOLD("hold-minutes", Topic.BOOKING, Unit.MINUTES, 1, 30, Begins.NEXT),
    CANCEL_DEADLINE("cancel-deadline", Topic.BOOKING, Unit.TIME, 0, Rule.LAST_MINUTE, Begins.PUBLISHED),
    APPEAL_DAYS("appeal-days", Topic.BOOKING, Unit.WORKING_DAYS, 1, 20, Begins.NEXT),

    WAITING_OPENS("waiting-opens", Topic.WAITING, Unit.TIME, 0, Rule.LAST_MINUTE, Begins.NEXT),
    WAITING_CLOSES("waiting-closes", Topic.WAITING, Unit.TIME, 0, Rule.LAST_MINUTE, Begins.NEXT),
    WAITING_OFFER("waiting-offer-minutes", Topic.WAITING, Unit.MINUTES, 5, 720, Begins.NEXT),
    WAITING_SHORT_NOTICE("waiting-short-notice-hours", Topic.WAITING, Unit.HOURS, 0, 168, Begins.NEXT),
    WAITING_LISTS("waiting-per-person", Topic.WAITING, Unit.COUNT, 1, 50, Begins.NEXT),

    CHECK_IN_OPENS("check-in-opens-minutes", Topic.CHECK_IN, Unit.MINUTES, 0, 720, Begins.KINDER),
    LATE_CHECK_IN("late-check-in", Topic.CHECK_IN, Unit.YES_NO, 0, 1, Begins.KINDER),
    REQUEUE_BEHIND("requeue-behind", Topic.CHECK_IN, Unit.COUNT, 1, 50, Begins.KINDER),
    REQUEUE_MOST("requeue-most", Topic.CHECK_IN, Unit.COUNT, 0, 20, Begins.KINDER),

    DRAW_WINDOW("window-days", Topic.DRAW, Unit.DAYS, 0, 14, Begins.NEXT),
    DRAW_CLOSES("closes", Topic.DRAW, Unit.TIME, 0, Rule.LAST_MINUTE, Begins.NEXT),
    DRAW_BEFORE_DEADLINE("before-cancel-deadline-hours", Topic.DRAW, Unit.HOURS, 0, 168, Begins.NEXT),
    DRAW_SHORTEST("shortest-window-hours", Topic.DRAW, Unit.HOURS, 0, 168, Begins.NEXT),
    DRAW_REVEAL("reveal-after-minutes", Topic.DRAW, Unit.MINUTES, 1, 1440, Begins.NEXT),
    DRAW_ENTRIES("entries-per-person", Topic.DRAW, Unit.COUNT, 1, 50, Begins.NEXT);

    /** Where a value stands in the console. */
    public enum Topic {
        LIMITS("appointment."),
        UNITS("appointment."),
        BOOKING("appointment."),
        WAITING("appointment."),
        CHECK_IN("appointment."),
        DRAW("draw.");

        private final String prefix;

        Topic(String prefix) {
            this.prefix = prefix;
        }
    }

    /** What a value counts. */
    public enum Unit {
        COUNT,
        PERCENT,
        MINUTES,
        HOURS,
        DAYS,
        WORKING_DAYS,
        MONTHS,
        YEARS,
        /** Minutes after midnight, by the hospital's clock. */
        TIME,
        /** 1 for yes, 0 for no. */
        YES_NO
    }

    /** From when a change holds; never to the worse for who has booked. */
    public enum Begins {
        /** The next booking, hold, entry, draw, appeal or template; what was made before keeps what it was made with. */
        NEXT,
        /** Sessions that are published from then on; the others keep their times. */
        PUBLISHED,
        /** Sessions that are published, or whose bands change, from then on; what is taken stays taken. */
        REPUBLISHED,
        /** At once where it is better for who has booked, else for sessions that are published from then on. */
        KINDER
    }

    private static final int LAST_MINUTE = 24 * 60 - 1;
    private static final Map<String, Rule> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Rule::id, rule -> rule));

    private final String id;
    private final Topic topic;
    private final Unit unit;
    private final int least;
    private final int most;
    private final Begins begins;

    Rule(String name, Topic topic, Unit unit, int least, int most, Begins begins) {
        this.id = topic.prefix + name;
        this.topic = topic;
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.begins = begins;
    }

    /** Such as {@code appointment.max-per-7-days}; stable. */
    public String id() {
        return id;
    }

    public Topic topic() {
        return topic;
    }

    public Unit unit() {
        return unit;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    public Begins begins() {
        return begins;
    }

    public boolean allows(int value) {
        return least <= value && value <= most;
    }

    /** Of two values the one that is better for who has booked; it has a meaning only for what begins {@link Begins#KINDER}. */
    int kinder(int one, int other) {
        return this == REQUEUE_BEHIND ? Math.min(one, other) : Math.max(one, other);
    }

    /** The value of an id; null for one that is none. */
    public static Rule of(String id) {
        return BY_ID.get(id);
    }
}
