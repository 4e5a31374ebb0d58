package cn.kangka.empi.traffic;

import cn.kangka.empi.hospital.MessageState;
import cn.kangka.empi.hospital.Replays;
import cn.kangka.empi.hospital.SealedMessages;
import cn.kangka.empi.traffic.MessageViews.Asked;
import cn.kangka.empi.traffic.MessageViews.Content;
import cn.kangka.empi.traffic.MessageViews.Detail;
import cn.kangka.empi.traffic.MessageViews.Item;
import cn.kangka.empi.traffic.MessageViews.Letter;
import cn.kangka.empi.traffic.MessageViews.Live;
import cn.kangka.empi.traffic.TrafficStore.Whole;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.outbox.ParkedEvents;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The message log for integration staff: look, open with a reason, do again, park and go on. */
@ApplicationScoped
class Messages {
    /** How many messages one request does again. */
    private static final int MOST_AGAIN = 10_000;

    private final Database database;
    private final TrafficStore store;
    private final SealedMessages sealed;
    private final Contents contents;
    private final Replays replays;
    private final ParkedEvents parked;
    private final Audit audit;
    private final Clock clock;

    Messages(
            Database database,
            TrafficStore store,
            SealedMessages sealed,
            Contents contents,
            Replays replays,
            ParkedEvents parked,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.sealed = sealed;
        this.contents = contents;
        this.replays = replays;
        this.parked = parked;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<Page<Item>> list(MessageFilter filter, int limit, Cursor after) {
        return database.write(tx -> store.list(tx, filter, after == null ? null : after.id(), limit))
                .map(rows -> Page.of(rows, limit, row -> new Cursor(row.receivedAt(), row.id())));
    }

    /** What waits for a destination, in order; parked ones too. */
    Uni<List<Letter>> waiting(String destination) {
        return store.waiting(database.pool(), destination);
    }

    Uni<Live> live() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return database.read(connection -> store.live(connection, now));
    }

    /** A message without what it says of a person. */
    Uni<Detail> read(UUID id) {
        return detail(id, false);
    }

    /** A message whole; who opened it and why is in the access log before it is shown. */
    Uni<Detail> open(UUID id, String by, String reason) {
        return detail(id, true)
                .call(detail -> audit.record(AuditEntry.allowed(
                                "STAFF", by, "message.open", detail.item().person(), id.toString())
                        .because(reason)));
    }

    private Uni<Detail> detail(UUID id, boolean opened) {
        record Read(Whole whole, List<Item> related) {}
        return database.read(connection -> store.find(connection, id).chain(whole -> {
                    if (whole == null) {
                        throw Problems.notFound();
                    }
                    return store.related(connection, whole).map(related -> new Read(whole, related));
                }))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(read -> detail(read.whole(), read.related(), opened));
    }

    private Detail detail(Whole whole, List<Item> related, boolean opened) {
        Item item = whole.item();
        Content answer = whole.answer() == null ? null : contents.of(sealed.answer(whole.answer()), opened);
        return new Detail(
                item,
                opened,
                contents.of(sealed.body(whole.body(), item.direction(), whole.charset()), opened),
                answer,
                whole.waiting(),
                related,
                canBeDone(item));
    }

    private static boolean canBeDone(Item item) {
        return Replays.canBeDone(item.direction(), item.source(), item.code(), MessageState.valueOf(item.state()));
    }

    /** Does one message once more. */
    Uni<Asked> again(UUID id, String by, String reason) {
        return database.write(tx -> store.find(tx, id).chain(whole -> {
            if (whole == null) {
                throw Problems.notFound();
            }
            if (!canBeDone(whole.item())) {
                throw Problems.of(409, "message-not-repeatable");
            }
            return replays.ask(tx, List.of(id), by, reason)
                    .chain(() -> audit.record(
                            tx,
                            AuditEntry.allowed(
                                            "STAFF",
                                            by,
                                            "message.again",
                                            whole.item().person(),
                                            id.toString())
                                    .because(reason)))
                    .replaceWith(new Asked(1, false));
        }));
    }

    /** Does all that a filter finds once more, the newest {@value #MOST_AGAIN} of them. */
    Uni<Asked> again(MessageFilter filter, String by, String reason) {
        return database.write(tx -> store.list(tx, filter, null, MOST_AGAIN).chain(found -> {
            List<UUID> able = found.stream()
                    .limit(MOST_AGAIN)
                    .filter(Messages::canBeDone)
                    .map(Item::id)
                    .toList();
            return replays.ask(tx, able, by, reason)
                    .chain(() -> audit.record(
                            tx,
                            AuditEntry.allowed("STAFF", by, "message.again", null, able.size() + " messages")
                                    .because(reason)))
                    .replaceWith(new Asked(able.size(), found.size() > MOST_AGAIN));
        }));
    }

    /** Holds a waiting message back until staff lets it go; what is about the same person waits behind it. */
    Uni<Void> park(UUID id, String by, String reason) {
        return parked.park(id, by, reason).chain(() -> store.state(database.pool(), id, "QUEUED", "PARKED"));
    }

    /** Lets a parked message go. */
    Uni<Void> resume(UUID id, String by, String reason) {
        return parked.releaseOne(id, by, reason).chain(() -> store.state(database.pool(), id, "PARKED", "QUEUED"));
    }

    /** Lets everything that is parked for a destination go. */
    Uni<Asked> resumeAll(String destination, String by, String reason) {
        return parked.releaseAll(destination, by, reason).map(released -> new Asked(released, false));
    }
}
