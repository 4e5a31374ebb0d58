package cn.kangka.api.appointment;

import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Everything that hospital and person need to know of a slot: where, who, when.
 *
 * @param cancelUntil until when its bookings are cancelled in time
 */
record BookedSlot(
        UUID id,
        String hospital,
        String hospitalName,
        Coded department,
        Coded practitioner,
        String title,
        LocalDate date,
        String half,
        OffsetDateTime start,
        OffsetDateTime end,
        BigDecimal fee,
        Modality modality,
        OffsetDateTime cancelUntil) {

    /** Until when a cancel makes no mark. */
    OffsetDateTime forgivenUntil() {
        return cancelUntil.isBefore(start) ? cancelUntil : start;
    }

    /** From when one can check in. */
    OffsetDateTime checkInFrom(HospitalRules rules) {
        return start.minus(rules.duration(Rule.CHECK_IN_OPENS));
    }

    /** Our id, the hospital's code, and the name. */
    record Coded(UUID id, String code, String name) {}
}
