package cn.kangka.api.appointment;

/** Where a booking stands for the person (contract, "Booking"; transitions in docs/appointments.md). */
public enum AppointmentStatus {
    BOOKED,
    CHECKED_IN,
    COMPLETED,
    MISSED,
    CANCELLED,
    REFUSED,
    STOPPED
}
