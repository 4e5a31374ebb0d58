package cn.kangka.api.queue;

import cn.kangka.api.appointment.AppointmentStatus;
import cn.kangka.api.appointment.Attendance.Visit;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import cn.kangka.api.queue.CheckInPolicy.Decision;
import cn.kangka.api.queue.QueueView.State;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * A hospital's rules for queues, applied.
 *
 * @param requeueBehind behind how many others somebody goes who did not come
 */
record QueueRules(CheckInPolicy checkIn, PacePolicy pace, int requeueBehind) {
    static QueueRules of(QueueConfig config, HospitalRules rules) {
        return new QueueRules(
                new CheckInPolicy(
                        rules.duration(Rule.CHECK_IN_OPENS),
                        rules.is(Rule.LATE_CHECK_IN),
                        rules.get(Rule.REQUEUE_MOST)),
                new PacePolicy(config.consultation(), config.turnsMeasured()),
                rules.get(Rule.REQUEUE_BEHIND));
    }

    Decision decide(Visit visit, Place place, OffsetDateTime now) {
        return visit.over()
                ? Decision.ENDED
                : checkIn.decide(
                        visit.status(),
                        place.state(),
                        place.requeued(),
                        visit.start(),
                        visit.end(),
                        place.sessionEnd(),
                        now);
    }

    /** A booking's ticket, without a state when it has none, and when its session ends. */
    record Place(TicketState state, int requeued, OffsetDateTime sessionEnd) {}

    QueueView view(Visit visit, QueueSnapshot queue, OffsetDateTime now) {
        Ticket ticket = queue.of(visit.id());
        State state = state(visit, queue, ticket, now);
        boolean waits = state == State.WAITING;
        int ahead = waits ? queue.ahead(visit.id()) : 0;
        Duration wait = waits ? queue.wait(ahead, pace, now) : null;
        return new QueueView(
                visit.id(),
                visit.session(),
                state,
                ticket == null ? null : ticket.number(),
                waits ? ahead : null,
                wait == null ? null : wait.plusSeconds(59).toMinutes(),
                state == State.CALLED ? ticket.room() : null,
                state == State.CALLED ? ticket.calledAt() : null,
                checkIn.opensAt(visit.start()),
                visit.end(),
                checkIn.late() ? queue.ends() : null,
                ticket == null ? checkIn.requeueMost() : Math.max(0, checkIn.requeueMost() - ticket.requeued()),
                requeueBehind);
    }

    private State state(Visit visit, QueueSnapshot queue, Ticket ticket, OffsetDateTime now) {
        boolean comes = visit.status() == AppointmentStatus.BOOKED || visit.status() == AppointmentStatus.MISSED;
        if (comes && !visit.over() && queue.open()) {
            return switch (checkIn.decide(visit.status(), null, 0, visit.start(), visit.end(), queue.ends(), now)) {
                case TOO_EARLY -> State.EARLY;
                case CHECK_IN -> State.OPEN;
                case CHECK_IN_LATE -> State.LATE;
                case REQUEUE, ALREADY, TOO_LATE, REQUEUED_TOO_OFTEN, ENDED -> State.CLOSED;
            };
        }
        return ticket == null || comes
                ? State.CLOSED
                : switch (ticket.state()) {
                    case WAITING -> State.WAITING;
                    case CALLED -> State.CALLED;
                    case PASSED -> State.PASSED;
                    case DONE -> State.DONE;
                    case LEFT -> State.CLOSED;
                };
    }
}
