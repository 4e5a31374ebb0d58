package cn.kangka.notification.channel;

import java.time.Duration;

/** What a provider said of one message. Reasons are codes, never content. */
public sealed interface Outcome {
    /** The provider has it; {@code providerId} may be null. Accepted is not shown: "read" comes from the inbox. */
    record Accepted(String providerId) implements Outcome {}

    /** Not now; {@code after} is the provider's own wish (Retry-After), null for the usual backoff. */
    record Retry(String reason, Duration after) implements Outcome {}

    /** The address does not exist any more: the endpoint is disabled. */
    record Gone(String reason) implements Outcome {}

    /** Our fault or our configuration: a person must look. */
    record Parked(String reason) implements Outcome {}
}
