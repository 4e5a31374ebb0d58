package cn.kangka.kit.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.trace.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Appends events in the transaction of the fact they tell (rule 2 of the house).
 *
 * <p>Order: ids are given at insert, so a writer must hold the lock of the aggregate's row (or have just inserted it)
 * before it appends; then the order of ids is the order of commits.
 */
@ApplicationScoped
public class Outbox {
    static final String PURPOSE = "outbox";
    /** One statement however many events; their ids follow their order. */
    private static final String APPEND = """
            insert into outbox (event_id, destination, aggregate, barrier, version, type, payload, trace)
            select e.event_id, e.destination, e.aggregate, e.barrier, e.version, e.type, e.payload, e.trace
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::bytea[], $8::text[])
                with ordinality as e(event_id, destination, aggregate, barrier, version, type, payload, trace, place)
            order by e.place
            """;

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
        Object[] columns = {
            events.stream().map(OutboxEvent::id).toArray(UUID[]::new),
            texts(events, OutboxEvent::destination),
            texts(events, OutboxEvent::aggregate),
            texts(events, OutboxEvent::barrier),
            events.stream().map(OutboxEvent::version).toArray(Long[]::new),
            texts(events, OutboxEvent::type),
            events.stream().map(this::sealed).toArray(Buffer[]::new),
            texts(events, event -> event.trace() == null ? trace : event.trace())
        };
        return tx.preparedQuery(APPEND)
                .execute(Tuple.tuple(Arrays.asList(columns)))
                .replaceWithVoid();
    }

    private static String[] texts(List<OutboxEvent> events, Function<OutboxEvent, String> value) {
        return events.stream().map(value).toArray(String[]::new);
    }

    private Buffer sealed(OutboxEvent event) {
        return Buffer.buffer(sealer.seal(PURPOSE, event.payload().getBytes(UTF_8)));
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
