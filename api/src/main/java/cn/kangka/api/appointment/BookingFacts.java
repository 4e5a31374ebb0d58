package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.History;
import cn.kangka.api.appointment.LimitRule.Visit;
import java.time.OffsetDateTime;

/**
 * What a booking decides on, read under the person's lock.
 *
 * @param open neither the slot is closed nor its session stopped
 * @param mode BOOK or DRAW
 * @param personStatus ACTIVE or MERGED; null when the index has not told of the person
 */
record BookingFacts(
        BookedSlot slot, boolean open, String mode, OffsetDateTime releaseAt, String personStatus, History history) {

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
