package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.History;
import cn.kangka.api.appointment.LimitRule.Verdict;
import cn.kangka.api.appointment.LimitRule.Visit;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Judges what a person booked as if other rules had held: booking by booking in the order in which they were made, each by what
 * counted against the person then. A booking that the rules would have stopped counts for nothing afterwards, nor do its marks.
 *
 * @param policies by hospital id
 * @param adultAge by hospital id, in years
 * @param from first instant of what is judged, {@code to} the one after the last
 */
record PolicyReplay(
        Function<String, LimitPolicy> policies,
        Function<String, Integer> adultAge,
        OffsetDateTime from,
        OffsetDateTime to) {
    private static final String PAUSE = "-pause";

    /**
     * A booking as it was.
     *
     * @param endedAt when it no longer counted (cancelled, refused, stopped); null when it always did
     * @param missedAt a mark, unless it was erased
     * @param lateAt a mark, unless it was erased
     */
    record Booked(
            String hospital,
            Visit visit,
            OffsetDateTime bookedAt,
            OffsetDateTime endedAt,
            OffsetDateTime missedAt,
            OffsetDateTime lateAt) {
        boolean counts(OffsetDateTime at) {
            return !bookedAt.isAfter(at) && (endedAt == null || endedAt.isAfter(at));
        }
    }

    /**
     * Somebody with what they booked, in order of booking.
     *
     * @param birth null when it is not known
     * @param neverPaused whether they are exempt from pauses today: since when says nothing of the time before
     */
    record Booker(LocalDate birth, boolean neverPaused, List<Booked> bookings) {}

    /**
     * What the rules would have done.
     *
     * @param judged bookings of the period
     * @param stopped how many of them, by the rule that is named
     * @param pauses how often a pause would have begun in the period
     */
    record Outcome(int judged, Map<String, Integer> stopped, int pauses) {
        int allStopped() {
            return stopped.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    Outcome of(Booker booker) {
        Map<String, Integer> stopped = new TreeMap<>();
        List<Booked> kept = new ArrayList<>();
        int judged = 0;
        for (Booked each : booker.bookings()) {
            if (!within(each.bookedAt())) {
                kept.add(each);
                continue;
            }
            judged++;
            Optional<Verdict> verdict = policies.apply(each.hospital())
                    .violated(history(booker, kept, each.hospital(), each.bookedAt()), each.visit(), each.bookedAt());
            verdict.ifPresentOrElse(by -> stopped.merge(by.rule(), 1, Integer::sum), () -> kept.add(each));
        }
        return new Outcome(judged, stopped, pauses(booker, kept));
    }

    private boolean within(OffsetDateTime at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    private History history(Booker booker, List<Booked> kept, String hospital, OffsetDateTime at) {
        List<Visit> visits =
                kept.stream().filter(each -> each.counts(at)).map(Booked::visit).toList();
        boolean pausable = !booker.neverPaused()
                && (booker.birth() == null
                        || !booker.birth().plusYears(adultAge.apply(hospital)).isAfter(at.toLocalDate()));
        return new History(visits, marks(kept, Booked::missedAt, at), marks(kept, Booked::lateAt, at), pausable);
    }

    private static List<OffsetDateTime> marks(
            List<Booked> kept, Function<Booked, OffsetDateTime> mark, OffsetDateTime at) {
        return kept.stream()
                .map(mark)
                .filter(each -> each != null && !each.isAfter(at))
                .toList();
    }

    /** A pause begins with a mark after which a rule stops that did not stop just before. */
    private int pauses(Booker booker, List<Booked> kept) {
        int begun = 0;
        for (Booked each : kept) {
            for (OffsetDateTime mark : new OffsetDateTime[] {each.missedAt(), each.lateAt()}) {
                if (mark != null && within(mark)) {
                    begun += pausing(booker, kept, each, mark) - pausing(booker, kept, each, mark.minusNanos(1));
                }
            }
        }
        return begun;
    }

    private int pausing(Booker booker, List<Booked> kept, Booked marked, OffsetDateTime at) {
        return (int)
                policies
                        .apply(marked.hospital())
                        .judge(history(booker, kept, marked.hospital(), at), marked.visit(), at)
                        .stream()
                        .filter(verdict -> verdict.rule().endsWith(PAUSE) && verdict.stops())
                        .count();
    }
}
