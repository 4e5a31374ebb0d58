package cn.kangka.api.appointment;

/** What the hospital said to a booking; PENDING until it said something. */
public enum HospitalStatus {
    PENDING,
    ACCEPTED,
    REFUSED
}
