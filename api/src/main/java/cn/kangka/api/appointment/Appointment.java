package cn.kangka.api.appointment;

import cn.kangka.api.directory.Channel;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A booking as the rules need it.
 *
 * @param version grows with every order to the hospital
 * @param withdrawn the hospital was told to drop a late acceptance
 * @param hospitalStart the time that the hospital says, where it is none of the session's; null for most
 * @param hospitalMoved the hospital said another time than was booked
 * @param reserved its unit is one of the reserved ones
 * @param over missed, and nobody can come to it any more: its clinic was stopped, or the person has another booking in it
 * @param rules of the hospital, as they hold for who has booked this session
 */
record Appointment(
        UUID id,
        UUID person,
        UUID session,
        BookedSlot slot,
        AppointmentStatus status,
        HospitalStatus hospitalStatus,
        long version,
        boolean withdrawn,
        boolean reordered,
        Channel channel,
        VisitKind kind,
        boolean reserved,
        String bookedByKind,
        String bookedBy,
        OffsetDateTime bookedAt,
        OffsetDateTime cancelledAt,
        String reason,
        OffsetDateTime hospitalStart,
        boolean hospitalMoved,
        boolean over,
        HospitalRules rules) {

    private boolean open() {
        return status == AppointmentStatus.BOOKED;
    }

    private boolean comes() {
        return open() && slot.modality() == Modality.IN_PERSON;
    }

    /** Until when a cancel is in time. */
    OffsetDateTime cancelUntil() {
        return slot.cancelUntil();
    }

    /** Until when a cancel makes no mark: who was given another time by the hospital may drop it at any moment. */
    private OffsetDateTime forgivenUntil() {
        return hospitalMoved ? slot.start() : slot.forgivenUntil();
    }

    /** As the limits count it. */
    LimitRule.Visit visit() {
        return new LimitRule.Visit(slot.date(), slot.department().id());
    }

    /** What it becomes when it is moved: what a doctor wanted stays that within the department; elsewhere it is the person's own wish. */
    VisitKind kindIn(UUID department) {
        return slot.department().id().equals(department) ? kind : VisitKind.NORMAL;
    }

    /** What counts when it is moved: it does not count against itself. */
    LimitRule.History besides(LimitRule.History history) {
        return kind.exempt() ? history : history.without(visit());
    }

    /** Its state once the hospital has reported that. Who came to what is over has had the visit. */
    AppointmentStatus after(VisitPolicy.Kind kind) {
        AppointmentStatus after = VisitPolicy.after(status, kind);
        return over && after == AppointmentStatus.CHECKED_IN ? AppointmentStatus.COMPLETED : after;
    }

    AppointmentView view() {
        return new AppointmentView(
                id,
                slot.id(),
                status,
                hospitalStatus,
                slot.hospital(),
                slot.hospitalName(),
                slot.department().id(),
                slot.department().name(),
                slot.practitioner().id(),
                slot.practitioner().name(),
                slot.title(),
                slot.start(),
                slot.end(),
                slot.fee(),
                channel.label(),
                kind,
                slot.modality(),
                person,
                bookedAt,
                cancelledAt,
                reason,
                hospitalStart,
                open() ? forgivenUntil() : null,
                comes() ? slot.checkInFrom(rules) : null,
                comes() ? rules.is(Rule.LATE_CHECK_IN) : null);
    }
}
