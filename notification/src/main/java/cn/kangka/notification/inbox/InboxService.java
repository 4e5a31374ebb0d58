package cn.kangka.notification.inbox;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import cn.kangka.notification.delivery.DeliveryService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a citizen does with the inbox. */
@ApplicationScoped
public class InboxService {
    private static final String READ = "read";
    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final InboxStore store;
    private final InboxSignals signals;
    private final DeliveryService deliveries;
    private final Database database;
    private final InboxConfig config;
    private final Clock clock;

    InboxService(
            InboxStore store,
            InboxSignals signals,
            DeliveryService deliveries,
            Database database,
            InboxConfig config,
            Clock clock) {
        this.store = store;
        this.signals = signals;
        this.deliveries = deliveries;
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    /** The account's entries, newest first. */
    public Uni<Page<InboxItem>> list(UUID account, int limit, String cursor) {
        return store.page(account, Cursor.decode(cursor), limit + 1)
                .map(rows -> Page.of(rows, limit, row -> new Cursor(row.at().toInstant(), row.id())));
    }

    /** How many entries are unread. */
    public Uni<Long> unread(UUID account) {
        return store.unread(account);
    }

    /** Marks an entry as read and cancels what its notice has not sent; 404 when it is not the account's. */
    public Uni<Void> read(UUID account, UUID id) {
        return database.write(tx -> store.read(tx, account, id, OffsetDateTime.now(clock))
                .invoke(known -> {
                    if (!known) {
                        throw Problems.notFound();
                    }
                })
                .chain(() -> deliveries.cancel(tx, List.of(id), READ)));
    }

    /** Marks all entries as read; gives how many were not. */
    public Uni<Integer> readAll(UUID account) {
        return database.write(tx -> store.readAll(tx, account, OffsetDateTime.now(clock))
                .call(ids -> deliveries.cancel(tx, ids, READ))
                .map(List::size));
    }

    /**
     * What comes in from now on, or after an entry that was seen; an empty item is a heartbeat. Ends with the token.
     *
     * @param last the last entry seen (Last-Event-ID); null or an unknown one for "from now on"
     * @param life how long the caller's token is still valid
     */
    public Multi<Optional<InboxItem>> stream(UUID account, UUID last, Duration life) {
        if (signals.streams(account) >= config.streamsPerAccount()) {
            throw Problems.tooMany("too-many-streams", TRY_AGAIN, clock); // Now: in the stream it would have no status.
        }
        Uni<OffsetDateTime> seen = last == null ? Uni.createFrom().nullItem() : store.at(account, last);
        return seen.map(at -> new InboxStream(
                        store,
                        account,
                        config.lateCommit(),
                        at == null ? OffsetDateTime.now(clock) : at,
                        at == null ? null : last))
                .onItem()
                .transformToMulti(stream -> follow(account, stream))
                .select()
                .first(life);
    }

    private Multi<Optional<InboxItem>> follow(UUID account, InboxStream stream) {
        Multi<Boolean> beats = Multi.createFrom()
                .ticks()
                .every(config.heartbeat())
                .onOverflow()
                .drop()
                .map(tick -> false);
        return Multi.createBy()
                .merging()
                .streams(Multi.createFrom().item(true), signals.of(account), beats)
                .onItem()
                .transformToMultiAndConcatenate(signal -> {
                    Multi<Optional<InboxItem>> items = stream.look().map(Optional::of);
                    return signal
                            ? items
                            : Multi.createBy()
                                    .concatenating()
                                    .streams(items, Multi.createFrom().item(Optional.empty()));
                });
    }
}
