package cn.kangka.kit.outbox;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.sealing.Sealer;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Delivers the outbox of one destination, or of a family of destinations with a common prefix.
 *
 * <p>A claim takes only the oldest event of each aggregate and leases it by moving {@code due_at} ahead, so that several
 * replicas share the work, a crash costs one lease time, and a parked event holds back its own aggregate only. Several
 * destinations of one family never wait for each other: a claim walks from destination to destination by index, takes a
 * batch of each, and leaves out those that are still being delivered to, however long their queues are. What a crash of
 * PostgreSQL forgets of claims and deliveries happens again, so nobody waits for the disk with them (docs/adr/0018).
 */
public final class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final int REASON_LENGTH = 500;
    /** Between two claims, so that a claim takes many events instead of the one just written; nobody waits for it when idle. */
    public static final Duration BREATH = Duration.ofMillis(50);

    /**
     * @param poll how often to look when nobody wakes the relay
     * @param batch how many events of a destination one claim takes
     * @param lease how long a claim is held; longer than the courier's timeout
     * @param breath how long to rest between two claims; asked each time, so that letters can wait while people do
     */
    public record Settings(Duration poll, int batch, Duration lease, Supplier<Duration> breath) {
        public static final Settings DEFAULT = new Settings(Duration.ofMillis(500), 200, Duration.ofSeconds(30));

        public Settings(Duration poll, int batch, Duration lease) {
            this(poll, batch, lease, () -> BREATH);
        }
    }

    private static final String CLAIM = "select * from claim_outbox($1, $2, $3, $4)";
    private static final String DELETE = "delete from outbox where id = any($1) and " + Database.UNHURRIED + " = 'off'";

    private final Vertx vertx;
    private final Database database;
    private final Outbox outbox;
    private final Sealer sealer;
    private final MeterRegistry meters;
    private final String prefix;
    private final Courier courier;
    private final Settings settings;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile boolean stopped;
    private long timer = -1;

    private OutboxRelay(
            Vertx vertx,
            Database database,
            Outbox outbox,
            Sealer sealer,
            MeterRegistry meters,
            String prefix,
            Courier courier,
            Settings settings) {
        this.vertx = vertx;
        this.database = database;
        this.outbox = outbox;
        this.sealer = sealer;
        this.meters = meters;
        this.prefix = prefix;
        this.courier = courier;
        this.settings = settings;
    }

    /** Starts a relay for every destination that begins with {@code prefix}. */
    public static OutboxRelay start(
            Vertx vertx,
            Database database,
            Outbox outbox,
            Sealer sealer,
            MeterRegistry meters,
            String prefix,
            Courier courier,
            Settings settings) {
        OutboxRelay relay = new OutboxRelay(vertx, database, outbox, sealer, meters, prefix, courier, settings);
        relay.timer = vertx.setPeriodic(settings.poll().toMillis(), ignored -> relay.wake());
        outbox.register(prefix, relay::wake);
        relay.wake();
        return relay;
    }

    /** Stops claiming; what is under way finishes or is delivered again after its lease. */
    public void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        outbox.unregister(prefix);
    }

    private void wake() {
        again.set(true);
        if (!stopped && running.compareAndSet(false, true)) {
            again.set(false);
            round().subscribe().with(this::finished, failure -> {
                LOG.warnf("outbox %s: %s", prefix, failure.toString());
                finished(0);
            });
        }
    }

    private void finished(int claimed) {
        if (claimed > 0) {
            again.set(true);
        }
        vertx.setTimer(settings.breath().get().toMillis(), ignored -> rest());
    }

    private void rest() {
        running.set(false);
        if (again.get()) {
            wake();
        }
    }

    private record Claimed(long row, OutboxEvent event) {}

    private Uni<Integer> round() {
        return claim().invoke(claimed -> claimed.stream()
                        .collect(Collectors.groupingBy(
                                each -> each.event().destination(), LinkedHashMap::new, Collectors.toList()))
                        .forEach(this::dispatch))
                .map(List::size);
    }

    private void dispatch(String destination, List<Claimed> batch) {
        busy.add(destination);
        deliver(batch).subscribe().with(delivered -> released(destination), failure -> {
            LOG.warnf("outbox %s: %s", destination, failure.toString());
            released(destination);
        });
    }

    private void released(String destination) {
        busy.remove(destination);
        wake();
    }

    private Uni<List<Claimed>> claim() {
        return database.pool()
                .preparedQuery(CLAIM)
                .execute(Tuple.of(prefix, settings.batch(), settings.lease().toMillis(), busy.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(this::read)
                        .sorted(java.util.Comparator.comparingLong(Claimed::row))
                        .toList());
    }

    private Claimed read(Row row) {
        OutboxEvent event = new OutboxEvent(
                row.getUUID("event_id"),
                row.getString("destination"),
                row.getString("aggregate"),
                row.getString("barrier"),
                row.getLong("version"),
                row.getString("type"),
                new String(
                        sealer.openBytes(
                                Outbox.PURPOSE, row.getBuffer("payload").getBytes()),
                        StandardCharsets.UTF_8),
                row.getString("trace"),
                row.getInteger("attempts") - 1);
        return new Claimed(row.getLong("id"), event);
    }

    private Uni<Integer> deliver(List<Claimed> batch) {
        List<OutboxEvent> events = batch.stream().map(Claimed::event).toList();
        return Uni.createFrom()
                .deferred(() -> courier.deliver(events))
                .onFailure()
                .recoverWithItem(failure -> Collections.nCopies(events.size(), Delivery.retry(failure.toString())))
                .flatMap(outcomes -> settle(batch, outcomes));
    }

    private Uni<Integer> settle(List<Claimed> batch, List<Delivery> outcomes) {
        List<Long> done = new ArrayList<>();
        List<Tuple> undone = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Claimed claimed = batch.get(i);
            Delivery outcome = outcomes.get(i);
            meters.counter("kangka.outbox.deliveries", "destination", prefix, "outcome", name(outcome))
                    .increment();
            if (outcome instanceof Delivery.Done) {
                done.add(claimed.row());
            } else if (outcome instanceof Delivery.Retry retry) {
                undone.add(Tuple.of(claimed.row(), wait(claimed.event(), retry), false, cut(retry.reason())));
            } else if (outcome instanceof Delivery.Parked parked) {
                undone.add(Tuple.of(claimed.row(), 0L, true, cut(parked.reason())));
            }
        }
        Uni<Integer> settled = done.isEmpty()
                ? Uni.createFrom().item(0)
                : database.pool()
                        .preparedQuery(DELETE)
                        .execute(Tuple.of(done.toArray(Long[]::new)))
                        .map(RowSet::rowCount);
        return undone.isEmpty()
                ? settled
                : settled.call(() -> database.pool()
                        .preparedQuery("update outbox set due_at = now() + $2 * interval '1 millisecond',"
                                + " parked_at = case when $3 then now() end, reason = $4 where id = $1")
                        .executeBatch(undone));
    }

    private static long wait(OutboxEvent event, Delivery.Retry retry) {
        if (retry.after() != null) {
            return retry.after().toMillis();
        }
        long backoff = Math.min(LONGEST_BACKOFF.toMillis(), 500L << Math.min(event.attempts(), 12));
        return backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1);
    }

    private static String name(Delivery delivery) {
        return delivery.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    private static String cut(String reason) {
        return reason.length() <= REASON_LENGTH ? reason : reason.substring(0, REASON_LENGTH);
    }
}
