package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.Verdict;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.OffsetDateTime;

/** Every way a booking is refused, as a problem with the rule's id. */
final class BookingRefusals {
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

    static HttpProblem obstacle(SlotPolicy.Obstacle obstacle, OffsetDateTime liftsAt) {
        return of(obstacle.problem(), liftsAt);
    }

    static HttpProblem limit(Verdict verdict) {
        return Problems.refused(
                verdict.rule().substring(PREFIX.length()),
                verdict.rule(),
                verdict.liftsAt(),
                verdict.limit(),
                verdict.liftsAt() == null ? "" : verdict.liftsAt().toLocalDate().toString());
    }

    private static HttpProblem of(String name, OffsetDateTime liftsAt, Object... arguments) {
        return Problems.refused(name, PREFIX + name, liftsAt, arguments);
    }
}
