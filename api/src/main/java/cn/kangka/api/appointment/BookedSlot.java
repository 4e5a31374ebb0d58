package cn.kangka.api.appointment;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Everything that hospital and person need to know of a slot: where, who, when. */
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
        Modality modality) {

    /** Our id, the hospital's code, and the name. */
    record Coded(UUID id, String code, String name) {}
}
