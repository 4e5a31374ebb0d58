package cn.kangka.empi.hospital;

/** What became of a message. */
public enum MessageState {
    /** Stored, not yet handled. */
    RECEIVED,
    /** Handled, AA. */
    ACCEPTED,
    /** Answered with AE or AR for what it says. */
    REFUSED,
    /** Handling broke on our side (AE 207); it is tried again. */
    FAILED,
    /** Waits to be delivered. */
    QUEUED,
    /** Delivered and acknowledged. */
    DELIVERED,
    /** Given up after repeated refusals; a person must look. */
    PARKED
}
