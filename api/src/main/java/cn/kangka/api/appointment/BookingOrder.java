package cn.kangka.api.appointment;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** What a hospital is told of a booking ({@code booking.order}, docs/between-services.md). */
record BookingOrder(
        UUID appointment,
        Action action,
        String source,
        UUID person,
        Coded department,
        Coded practitioner,
        Session session,
        Slot slot,
        String channel,
        OffsetDateTime bookedAt) {

    enum Action {
        BOOK,
        CANCEL,
        /** The person checked in with us: the hospital is told. */
        ARRIVED,
        /** Nobody came: the hospital is told. */
        MISSED
    }

    record Coded(String code, String name) {
        static Coded of(BookedSlot.Coded coded) {
            return new Coded(coded.code(), coded.name());
        }
    }

    record Session(LocalDate date, String half) {}

    record Slot(UUID id, OffsetDateTime start, OffsetDateTime end) {}

    static BookingOrder of(
            Action action, UUID appointment, UUID person, BookedSlot slot, String channel, OffsetDateTime bookedAt) {
        return new BookingOrder(
                appointment,
                action,
                slot.hospital(),
                person,
                Coded.of(slot.department()),
                Coded.of(slot.practitioner()),
                new Session(slot.date(), slot.half()),
                new Slot(slot.id(), slot.start(), slot.end()),
                channel,
                bookedAt);
    }
}
