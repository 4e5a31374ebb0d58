package cn.kangka.kit.outbox;

import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.trace.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Appends events in the transaction of the fact they tell (rule 2 of the house).
 *
 * <p>Order: ids are given at insert, so a writer must hold the lock of the aggregate's row (or have just inserted it)
 * before it appends; then the order of ids is the order of commits.
 */
@ApplicationScoped
public class Outbox {
    static final String PURPOSE = "outbox";

    private final Sealer sealer;
    private final Map<String, Runnable> wakers = new ConcurrentHashMap<>();

    public Outbox(Sealer sealer) {
        this.sealer = sealer;
    }

    /** Appends the events, in order, in the caller's transaction. */
    public Uni<Void> append(SqlConnection tx, List<OutboxEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String trace = Traces.current();
        List<Tuple> rows = events.stream()
                .map(event -> Tuple.tuple(java.util.Arrays.asList(
                        event.id(),
                        event.destination(),
                        event.aggregate(),
                        event.barrier(),
                        event.version(),
                        event.type(),
                        Buffer.buffer(sealer.seal(
                                PURPOSE, event.payload().getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                        event.trace() == null ? trace : event.trace())))
                .toList();
        return tx.preparedQuery("insert into outbox"
                        + " (event_id, destination, aggregate, barrier, version, type, payload, trace)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8)")
                .executeBatch(rows)
                .replaceWithVoid();
    }

    public Uni<Void> append(SqlConnection tx, OutboxEvent event) {
        return append(tx, List.of(event));
    }

    /**
     * Tells the relay that serves the destination to look now instead of at its next poll; call it after the commit.
     * Losing this call loses nothing but time.
     */
    public void wake(String destination) {
        wakers.forEach((prefix, waker) -> {
            if (destination.startsWith(prefix)) {
                waker.run();
            }
        });
    }

    void register(String destinationPrefix, Runnable waker) {
        wakers.put(destinationPrefix, waker);
    }

    void unregister(String destinationPrefix) {
        wakers.remove(destinationPrefix);
    }
}
