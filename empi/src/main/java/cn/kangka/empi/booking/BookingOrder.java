package cn.kangka.empi.booking;

import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What {@code api} wants a hospital to know or to decide (docs/between-services.md, {@code booking.order}).
 *
 * @param person enterprise id, possibly merged away meanwhile
 * @param practitioner null when the department, not a doctor, is booked
 * @param channel where it was booked, such as {@code app}
 */
record BookingOrder(
        @NotNull UUID appointment,
        @NotNull Action action,
        @NotNull String source,
        @NotNull UUID person,
        @NotNull Unit department,
        Unit practitioner,
        Session session,
        @NotNull Slot slot,
        String channel,
        OffsetDateTime bookedAt) {

    enum Action {
        BOOK,
        CANCEL,
        /** The person is there: nothing to decide. */
        ARRIVED,
        /** Nobody came: nothing to decide. */
        MISSED;

        /** Whether the hospital's answer decides something; else it is only told. */
        boolean asks() {
            return this == BOOK || this == CANCEL;
        }
    }

    /** The hospital's code and name of a department or a doctor. */
    record Unit(String code, String name) {}

    /** @param half AM or PM */
    record Session(LocalDate date, String half) {}

    /** The 30-minute band. */
    record Slot(
            UUID id, @NotNull OffsetDateTime start, @NotNull OffsetDateTime end) {}
}
