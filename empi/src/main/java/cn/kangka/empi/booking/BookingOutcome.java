package cn.kangka.empi.booking;

/** What a hospital said about an order. */
enum BookingOutcome {
    PENDING,
    ACCEPTED,
    REFUSED
}
