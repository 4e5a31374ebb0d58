package cn.kangka.api.queue;

/** Where somebody stands in a queue. */
enum TicketState {
    WAITING,
    CALLED,
    /** Called, and did not come. */
    PASSED,
    DONE,
    /** The booking ended otherwise, or the clinic did. */
    LEFT
}
