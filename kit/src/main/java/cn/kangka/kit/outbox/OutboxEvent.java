package cn.kangka.kit.outbox;

import cn.kangka.kit.id.Ids;
import java.util.UUID;

/**
 * An event on its way to another service or institution.
 *
 * @param id the receiver's key for "seen already"
 * @param destination where it goes, such as {@code api} or {@code hospital:H001}; one relay serves one or several
 * @param aggregate what it is about; events of one aggregate arrive in the order in which they were appended
 * @param barrier a second aggregate whose order it keeps too (merge, split); null for most events
 * @param version the aggregate's version; the receiver ignores an older one than it has
 * @param type such as {@code person.changed}
 * @param payload JSON
 * @param trace W3C traceparent of the request that caused it; null when there is none
 * @param attempts how often delivery was tried before
 */
public record OutboxEvent(
        UUID id,
        String destination,
        String aggregate,
        String barrier,
        long version,
        String type,
        String payload,
        String trace,
        int attempts) {

    /** A new event; the trace is taken when it is appended. */
    public static OutboxEvent of(String destination, String aggregate, long version, String type, String payload) {
        return new OutboxEvent(Ids.next(), destination, aggregate, null, version, type, payload, null, 0);
    }

    /** The same event, keeping the order of a second aggregate as well. */
    public OutboxEvent withBarrier(String second) {
        return new OutboxEvent(id, destination, aggregate, second, version, type, payload, trace, attempts);
    }
}
