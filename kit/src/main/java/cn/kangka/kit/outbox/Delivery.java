package cn.kangka.kit.outbox;

import java.time.Duration;

/** What became of one attempt to deliver an event. */
public sealed interface Delivery {
    /** The receiver has it, durably. */
    record Done() implements Delivery {}

    /** Not now; {@code after} is the receiver's own wish (Retry-After), null for the usual backoff. */
    record Retry(String reason, Duration after) implements Delivery {}

    /** Never by itself: a person must look. Later events of the same aggregate wait, others don't. */
    record Parked(String reason) implements Delivery {}

    Delivery DONE = new Done();

    static Delivery retry(String reason) {
        return new Retry(reason, null);
    }

    static Delivery parked(String reason) {
        return new Parked(reason);
    }
}
