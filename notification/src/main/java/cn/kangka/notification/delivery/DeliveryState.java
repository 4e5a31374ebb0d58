package cn.kangka.notification.delivery;

/** Where a delivery stands. */
public enum DeliveryState {
    /** Waits for its time. */
    QUEUED,
    /** Waits for the end of quiet hours. */
    HELD,
    /** Leased to a worker; claimed again when the lease ends. */
    CLAIMED,
    /** The provider has it. */
    SENT,
    /** A push that became one delivery per device. */
    ROUTED,
    /** Not wanted, or nowhere to send it. */
    SKIPPED,
    /** Taken back by the producer, or read before. */
    CANCELLED,
    /** Its time was over before it could be sent. */
    EXPIRED,
    /** It can never arrive: no phone, device gone. */
    FAILED,
    /** A person must look; may be replayed. */
    PARKED
}
