package cn.kangka.bff.backend;

/** A service behind this one. */
enum Target {
    /** What a citizen can do: accounts, bookings, records, education. */
    API,
    /** The citizen's inbox, endpoints and preferences. */
    NOTIFICATION
}
