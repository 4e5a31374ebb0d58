package cn.kangka.empi.person;

import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Tells receivers how persons are, after a load had told nobody: some at a time, and only while the receiver's queue is
 * short, so that what happens today never waits behind a million persons. {@code api} hears of everybody, an institution
 * of whom it knows.
 */
@ApplicationScoped
public class Snapshots {
    private static final int AT_ONCE = 500;
    private static final int LONGEST_QUEUE = 1000;

    private final Database database;
    private final PersonStore store;
    private final PersonSteps steps;
    private final PersonEvents events;

    Snapshots(Database database, PersonStore store, PersonSteps steps, PersonEvents events) {
        this.database = database;
        this.store = store;
        this.steps = steps;
        this.events = events;
    }

    /**
     * Has {@code api} and institutions told of the persons of identities.
     *
     * @param load that made the identities
     * @param source of the identities
     * @param after ids of the identities are greater
     * @param upto and not greater than that
     */
    public Uni<Void> owe(SqlConnection tx, UUID load, String source, UUID after, UUID upto, List<String> institutions) {
        return tx.preparedQuery("insert into snapshot (receiver, load_run, source, after, upto)"
                        + " select receiver, $2, $3, $4, $5 from unnest($1::text[] || $6::text) as receiver")
                .execute(Tuple.of(
                        institutions.toArray(String[]::new), load, source, after, upto, PersonEvents.DESTINATION))
                .replaceWithVoid();
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tell() {
        return database.pool()
                .preparedQuery("select receiver, load_run from snapshot order by load_run, receiver")
                .execute()
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(
                                row -> database.writeWhile(tx -> tellSome(tx, row.getString(0), row.getUUID(1))))
                        .collect()
                        .last());
    }

    /** Whether there may be more to tell at once. */
    private Uni<Boolean> tellSome(SqlConnection tx, String receiver, UUID load) {
        return tx.preparedQuery("select source, after, upto from snapshot where receiver = $1 and load_run = $2"
                        + " and (select count(*) < $3 from (select 1 from outbox where destination = $4"
                        + " and parked_at is null limit $3) q) for update skip locked")
                .execute(Tuple.of(receiver, load, LONGEST_QUEUE, isApi(receiver) ? receiver : "hospital:" + receiver))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : next(tx, receiver, rows.iterator().next())
                                .call(some -> tell(tx, receiver, some))
                                .chain(some -> advance(tx, receiver, load, some)));
    }

    private static boolean isApi(String receiver) {
        return receiver.equals(PersonEvents.DESTINATION);
    }

    /**
     * An identity that a load made.
     *
     * @param person it belongs to; null when the receiver does not know that one
     */
    private record Loaded(UUID identity, UUID person) {}

    private static Uni<List<Loaded>> next(SqlConnection tx, String receiver, Row owed) {
        return tx.preparedQuery("select i.id, l.person from (select id from identity where source = $2 and id > $3"
                        + " and id <= $4 order by id limit $5) i left join link l on l.identity = i.id"
                        + " and l.ended_at is null and ($1::text is null or exists (select 1 from link o"
                        + " join identity k on k.id = o.identity where o.person = l.person and o.ended_at is null"
                        + " and k.source = $1)) order by i.id")
                .execute(Tuple.of(
                        isApi(receiver) ? null : receiver,
                        owed.getString(0),
                        owed.getUUID(1),
                        owed.getUUID(2),
                        AT_ONCE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Loaded(row.getUUID(0), row.getUUID(1)))
                        .toList());
    }

    private Uni<Void> tell(SqlConnection tx, String receiver, List<Loaded> some) {
        Set<UUID> persons = some.stream()
                .filter(each -> each.person() != null)
                .map(Loaded::person)
                .collect(Collectors.toSet());
        return persons.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.lock(tx, List.copyOf(persons))
                        .chain(rows -> steps.withIdentities(tx, rows))
                        .chain(all -> isApi(receiver)
                                ? events.changed(tx, all)
                                : steps.each(listener -> listener.told(tx, receiver, all)));
    }

    private static Uni<Boolean> advance(SqlConnection tx, String receiver, UUID load, List<Loaded> some) {
        if (some.size() < AT_ONCE) {
            return tx.preparedQuery("delete from snapshot where receiver = $1 and load_run = $2")
                    .execute(Tuple.of(receiver, load))
                    .replaceWith(false);
        }
        return tx.preparedQuery("update snapshot set after = $3 where receiver = $1 and load_run = $2")
                .execute(Tuple.of(receiver, load, some.get(some.size() - 1).identity()))
                .replaceWith(true);
    }
}
