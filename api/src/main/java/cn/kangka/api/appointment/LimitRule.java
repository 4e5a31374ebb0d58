package cn.kangka.api.appointment;

import cn.kangka.api.policy.Rule;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One rule that limits how much a person books: a value with a stable id, told to whoever it stops. */
sealed interface LimitRule {
    /** How far ahead {@code liftsAt} is looked for, in days. */
    int HORIZON = 400;

    /** How far back, in days, the widest windows that anybody may set reach. */
    int LOOK_BACK = 2 * 366;

    /** A visit that somebody has booked or wants; {@code department} null where it does not matter. */
    record Visit(LocalDate date, UUID department) {
        Visit on(LocalDate other) {
            return new Visit(other, department);
        }
    }

    /**
     * What counts against a person.
     *
     * @param visits bookings that were not cancelled, refused or stopped, exempt ones left out
     * @param missed when they did not come, marks that were erased left out
     * @param lateCancels when they cancelled after the deadline, likewise
     * @param pausable false for minors, and for adults who were exempted: nobody who cannot answer for it is paused automatically
     * @param own what the hospital of the wanted visit has set of its own
     */
    record History(
            List<Visit> visits,
            List<OffsetDateTime> missed,
            List<OffsetDateTime> lateCancels,
            boolean pausable,
            Map<Rule, Integer> own) {

        /** Under the rules of the region. */
        History(List<Visit> visits, List<OffsetDateTime> missed, List<OffsetDateTime> lateCancels, boolean pausable) {
            this(visits, missed, lateCancels, pausable, Map.of());
        }

        /** The same without one of the visits; the same when it is none of them. */
        History without(Visit one) {
            List<Visit> others = new ArrayList<>(visits);
            others.remove(one);
            return new History(others, missed, lateCancels, pausable, own);
        }
    }

    /**
     * What a rule says to a wish.
     *
     * @param count what counts against the person so far
     * @param limit how much is allowed
     * @param window within so many days, or months for the long window; null for what is counted by the day
     * @param liftsAt for counts of visits, the beginning of the first later visit day that this rule allows; for
     *     pauses, when it ends; null when nothing stops
     * @param never whether it never stops this person, whatever is counted
     */
    record Verdict(
            String rule, int count, int limit, Integer window, boolean stops, OffsetDateTime liftsAt, boolean never) {}

    String id();

    Verdict judge(History history, Visit wanted, OffsetDateTime now, ZoneId zone);

    /** At most so many visits that share a day (and a department) with the wanted one. */
    record DayRule(String id, int limit, boolean sameDepartment) implements LimitRule {
        @Override
        public Verdict judge(History history, Visit wanted, OffsetDateTime now, ZoneId zone) {
            return VisitCounts.verdict(id, limit, null, wanted, zone, visit -> count(history, visit));
        }

        private int count(History history, Visit wanted) {
            return (int) history.visits().stream()
                    .filter(visit -> visit.date().equals(wanted.date()))
                    .filter(visit -> !sameDepartment || visit.department().equals(wanted.department()))
                    .count();
        }
    }

    /** At most so many visits within any window of this length that the wanted day lies in. */
    record WindowRule(String id, int limit, Period window) implements LimitRule {
        @Override
        public Verdict judge(History history, Visit wanted, OffsetDateTime now, ZoneId zone) {
            return VisitCounts.verdict(id, limit, length(), wanted, zone, visit -> fullest(history, visit.date()));
        }

        private int length() {
            return window.getMonths() > 0 ? window.getMonths() : window.getDays();
        }

        private int fullest(History history, LocalDate wanted) {
            return Stream.concat(history.visits().stream().map(Visit::date), Stream.of(wanted))
                    .filter(start -> !start.isAfter(wanted) && wanted.isBefore(start.plus(window)))
                    .mapToInt(start -> within(history, start))
                    .max()
                    .orElse(0);
        }

        private int within(History history, LocalDate start) {
            return (int) history.visits().stream()
                    .map(Visit::date)
                    .filter(Predicate.not(date -> date.isBefore(start) || !date.isBefore(start.plus(window))))
                    .count();
        }
    }

    /** So many marks within so many days pause booking for so many days after the last of them. */
    record PauseRule(String id, int limit, int withinDays, int pauseDays, boolean forMissed) implements LimitRule {
        @Override
        public Verdict judge(History history, Visit wanted, OffsetDateTime now, ZoneId zone) {
            List<OffsetDateTime> marks = (forMissed ? history.missed() : history.lateCancels())
                    .stream().sorted().toList();
            int recent = (int) marks.stream()
                    .filter(mark -> mark.isAfter(now.minusDays(withinDays)))
                    .count();
            OffsetDateTime until = history.pausable() ? pausedUntil(marks) : null;
            boolean stops = until != null && until.isAfter(now);
            return new Verdict(
                    id,
                    recent,
                    limit,
                    withinDays,
                    stops,
                    stops ? until.atZoneSameInstant(zone).toOffsetDateTime() : null,
                    !history.pausable());
        }

        private OffsetDateTime pausedUntil(List<OffsetDateTime> marks) {
            for (int last = marks.size() - 1; last >= limit - 1 && last >= 0; last--) {
                OffsetDateTime first = marks.get(last - limit + 1);
                if (!marks.get(last).isAfter(first.plusDays(withinDays))) {
                    return marks.get(last).plusDays(pauseDays);
                }
            }
            return null;
        }
    }
}
