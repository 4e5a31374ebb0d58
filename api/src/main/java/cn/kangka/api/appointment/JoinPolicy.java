package cn.kangka.api.appointment;

import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * When a remote visit can be joined.
 *
 * @param opensBefore how long before the beginning of the band; it closes with the band
 */
record JoinPolicy(Duration opensBefore) {
    enum Verdict {
        OPEN,
        TOO_EARLY,
        /** Over, cancelled, or not remote at all. */
        CLOSED
    }

    OffsetDateTime opensAt(OffsetDateTime start) {
        return start.minus(opensBefore);
    }

    Verdict decide(
            Modality modality, AppointmentStatus status, OffsetDateTime start, OffsetDateTime end, OffsetDateTime now) {
        boolean stands = status == AppointmentStatus.BOOKED || status == AppointmentStatus.CHECKED_IN;
        if (modality != Modality.REMOTE || !stands || !now.isBefore(end)) {
            return Verdict.CLOSED;
        }
        return now.isBefore(opensAt(start)) ? Verdict.TOO_EARLY : Verdict.OPEN;
    }
}
