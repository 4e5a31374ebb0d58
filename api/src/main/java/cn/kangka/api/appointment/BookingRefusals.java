package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.Verdict;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Every way a booking is refused, as a problem with the rule's id. */
final class BookingRefusals {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final String PREFIX = "appointment.";

    private BookingRefusals() {}

    static HttpProblem slotFull() {
        return of("slot-full", null);
    }

    static HttpProblem holdExpired() {
        return of("hold-expired", null);
    }

    static HttpProblem tooManyHolds(int most) {
        return of("too-many-holds", null, most);
    }

    static HttpProblem notCancellable() {
        return of("appointment-not-cancellable", null);
    }

    static HttpProblem markErased() {
        return of("mark-erased", null);
    }

    static HttpProblem remoteTooEarly(OffsetDateTime opensAt) {
        return of("remote-too-early", opensAt, opensAt.format(MINUTES));
    }

    static HttpProblem remoteClosed() {
        return of("remote-closed", null);
    }

    static HttpProblem notSeen(int months) {
        return of("follow-up-not-seen", null, months);
    }

    static HttpProblem appealDecided() {
        return of("appeal-decided", null);
    }

    static HttpProblem waitingClosed(WaitingPolicy policy, LocalDate visit, OffsetDateTime now) {
        return of("waiting-closed", policy.opensAt(visit, now), policy.opens(), policy.closes());
    }

    static HttpProblem tooManyLists(int most) {
        return of("waiting-too-many", null, most);
    }

    static HttpProblem notFull() {
        return of("waiting-not-full", null);
    }

    static HttpProblem bookedAlready() {
        return of("waiting-booked", null);
    }

    static HttpProblem obstacle(SlotPolicy.Obstacle obstacle, OffsetDateTime liftsAt) {
        return liftsAt == null
                ? of(obstacle.problem(), null)
                : of(obstacle.problem(), liftsAt, liftsAt.format(MINUTES));
    }

    /** As for everybody, but reserved units can be taken before the release. */
    static void refuseWhatNobodyCanBook(BookingFacts facts, OffsetDateTime now) {
        OffsetDateTime released = facts.releaseAt().isAfter(now) ? now : facts.releaseAt();
        refuseWhatCannotBeBooked(
                new BookingFacts(
                        facts.slot(),
                        facts.open(),
                        facts.mode(),
                        released,
                        facts.personStatus(),
                        facts.history(),
                        facts.kept()),
                now);
    }

    /** Throws what is in the way whoever asks: no such person, closed, past, not released, drawn. */
    static void refuseWhatCannotBeBooked(BookingFacts facts, OffsetDateTime now) {
        if (facts.personUnknown()) {
            throw Problems.notFound();
        }
        SlotPolicy.Obstacle obstacle =
                SlotPolicy.obstacle(facts.open(), facts.mode(), facts.slot().start(), facts.releaseAt(), now);
        if (obstacle != SlotPolicy.Obstacle.NONE) {
            boolean lifts = obstacle == SlotPolicy.Obstacle.NOT_RELEASED;
            throw obstacle(obstacle, lifts ? facts.releaseAt() : null);
        }
    }

    static void refuseUnlessBooked(BookingStore.Booked outcome) {
        switch (outcome) {
            case BOOKED -> {}
            case SLOT_FULL -> throw slotFull();
            case HOLD_EXPIRED -> throw holdExpired();
            case SESSION_BOOKED -> throw sessionBooked();
        }
    }

    static HttpProblem sessionBooked() {
        return of("session-booked", null);
    }

    static HttpProblem limit(Verdict verdict) {
        return Problems.refused(
                verdict.rule().substring(PREFIX.length()),
                verdict.rule(),
                verdict.liftsAt(),
                verdict.limit(),
                verdict.liftsAt() == null ? "" : verdict.liftsAt().toLocalDate().toString(),
                verdict.window() == null ? "" : verdict.window());
    }

    private static HttpProblem of(String name, OffsetDateTime liftsAt, Object... arguments) {
        return Problems.refused(name, PREFIX + name, liftsAt, arguments);
    }
}
