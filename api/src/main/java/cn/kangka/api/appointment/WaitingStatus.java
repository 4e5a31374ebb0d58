package cn.kangka.api.appointment;

/**
 * Where an entry of a waiting list stands: WAITING, OFFERED a unit for a while, then BOOKED, EXPIRED (the offer was not
 * taken), LEFT (by the person), CLEARED (the evening before the visit) or STOPPED (with the clinic).
 */
public enum WaitingStatus {
    WAITING,
    OFFERED,
    BOOKED,
    EXPIRED,
    LEFT,
    CLEARED,
    STOPPED
}
