package cn.kangka.api.queue;

import cn.kangka.api.appointment.Attendance.Visit;
import cn.kangka.api.queue.CheckInPolicy.Decision;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Every way a check-in or a call is refused, as a problem with the rule's id. */
final class QueueRefusals {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final String PREFIX = "appointment.";

    private QueueRefusals() {}

    /** Throws unless the decision lets somebody in. */
    static void refuse(Decision decision, Visit visit, CheckInPolicy policy) {
        switch (decision) {
            case CHECK_IN, CHECK_IN_LATE, REQUEUE, ALREADY -> {}
            case TOO_EARLY -> {
                OffsetDateTime opens = policy.opensAt(visit.start());
                throw of("check-in-opens", opens, opens.format(CLOCK));
            }
            case TOO_LATE -> throw of("check-in-closes", null, visit.end().format(CLOCK));
            case REQUEUED_TOO_OFTEN -> throw of("requeue-most", null, policy.requeueMost());
            case ENDED -> throw of("check-in-ended", null);
        }
    }

    static HttpProblem nothingToCheckInTo() {
        return of("check-in-none", null);
    }

    static HttpProblem wrongPlaceCode() {
        return of("place-code", null);
    }

    static HttpProblem notCalled() {
        return of("not-called", null);
    }

    static HttpProblem notCheckedIn() {
        return of("not-checked-in", null);
    }

    private static HttpProblem of(String name, OffsetDateTime liftsAt, Object... arguments) {
        return Problems.refused(name, PREFIX + name, liftsAt, arguments);
    }
}
