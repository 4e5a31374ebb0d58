package cn.kangka.api.appointment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** The region's rules for bookings (domain rules, "Appointments"). */
@ConfigMapping(prefix = "kangka.appointment")
public interface AppointmentConfig {
    /** Bookings per person, hospital, department and visit day. */
    @WithDefault("1")
    int maxPerDepartmentDay();

    /** Bookings per person and visit day. */
    @WithDefault("2")
    int maxPerVisitDay();

    /** Bookings per person whose visit days lie within {@link #weekDays()} days. */
    @WithName("max-per-7-days")
    @WithDefault("3")
    int maxPerWeek();

    /** Length of that window, in days. */
    @WithDefault("7")
    int weekDays();

    /** Bookings per person whose visit days lie within {@link #quarterMonths()} months. */
    @WithName("max-per-3-months")
    @WithDefault("5")
    int maxPerQuarter();

    /** Length of that window, in months. */
    @WithDefault("3")
    int quarterMonths();

    /** So many missed visits … */
    @WithDefault("3")
    int noShowMarks();

    /** … within so many days … */
    @WithDefault("90")
    int noShowWithinDays();

    /** … pause booking for so many days. */
    @WithDefault("90")
    int noShowPauseDays();

    /** So many late cancels … */
    @WithDefault("3")
    int lateCancelMarks();

    /** … within so many days … */
    @WithDefault("30")
    int lateCancelWithinDays();

    /** … pause booking for so many days. */
    @WithDefault("30")
    int lateCancelPauseDays();

    /** Age in years below which nobody is paused automatically. */
    @WithDefault("18")
    int adultAge();

    /** How long a unit is held while the person confirms. */
    @WithDefault("5m")
    Duration hold();

    /** How many units one account or agent may hold at a time. */
    @WithDefault("2")
    int holdsPerCaller();

    /** How many units one partner may hold at a time. */
    @WithDefault("50")
    int holdsPerPartner();

    /**
     * How long after the end of its band a booking that nobody checked in counts as missed; longer than hospitals take
     * to report arrivals.
     */
    @WithDefault("12h")
    Duration missedAfter();

    /** How far apart the rounds are that mark bookings as missed; read by the schedule itself. */
    @WithDefault("5m")
    Duration missedEvery();

    /** How many bookings one round marks as missed. */
    @WithDefault("1000")
    int missedBatch();

    /** How many other slots a refused person is offered. */
    @WithDefault("3")
    int alternatives();

    /** So long before a visit people are reminded of it … */
    @WithDefault("3d")
    Duration remindFirst();

    /** … then at this time of the day before … */
    @WithDefault("18:00")
    LocalTime remindEve();

    /** … and so long before it begins. */
    @WithDefault("2h")
    Duration remindLast();

    /** How many reminders one round tells (rounds are {@code kangka.appointment.remind-every} apart, 2 s). */
    @WithDefault("200")
    int remindBatch();

    /** For how many days after its visit day staff see a booking that was stopped, refused or missed among those that failed. */
    @WithDefault("30")
    int failedShownDays();

    /** From when each day people may enter a waiting list. */
    @WithDefault("06:00")
    LocalTime waitingOpens();

    /** Until when they may, offers last, and when the lists of the next day's visits are cleared. */
    @WithDefault("23:00")
    LocalTime waitingCloses();

    /** How long an offer lasts within {@link #waitingShortNotice()} of the visit. */
    @WithDefault("30m")
    Duration waitingOffer();

    /** Before that, an offer lasts until {@link #waitingCloses()}. */
    @WithDefault("24h")
    Duration waitingShortNotice();

    /** How many waiting lists a person may be on at a time. */
    @WithDefault("5")
    int waitingPerPerson();

    /** For how many months after a visit or report the institution may book a follow-up for somebody. */
    @WithDefault("6")
    int followUpMonths();

    /** In how many working days an appeal is answered. */
    @WithDefault("2")
    int appealDays();

    /** Weekdays on which nobody works, such as {@code 2027-01-01,2027-02-08}. */
    Optional<List<LocalDate>> holidays();

    /** Weekend days that are worked instead (调休). */
    Optional<List<LocalDate>> workedWeekends();
}
