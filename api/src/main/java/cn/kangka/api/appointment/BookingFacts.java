package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.History;
import cn.kangka.api.appointment.LimitRule.Visit;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What a booking decides on, read under the person's lock.
 *
 * @param open neither the slot is closed nor its session stopped
 * @param mode BOOK or DRAW
 * @param personStatus ACTIVE or MERGED; null when the index has not told of the person
 * @param kept what is kept for the person in this slot instead of a stopped booking that was exempt; null for most
 */
record BookingFacts(
        BookedSlot slot,
        boolean open,
        String mode,
        OffsetDateTime releaseAt,
        String personStatus,
        History history,
        Kept kept) {

    /** A unit instead of a stopped booking, and what that was for. */
    record Kept(UUID hold, UUID appointment, VisitKind kind, OffsetDateTime until) {}

    /** What is kept, if that is what is taken by this hold, or by none; null when it is not. */
    Kept keptBy(UUID wanted, OffsetDateTime now) {
        return kept != null && kept.until().isAfter(now) && (wanted == null || wanted.equals(kept.hold()))
                ? kept
                : null;
    }

    boolean personUnknown() {
        return personStatus == null;
    }

    boolean personMerged() {
        return "MERGED".equals(personStatus);
    }

    Visit wanted() {
        return new Visit(slot.date(), slot.department().id());
    }
}
