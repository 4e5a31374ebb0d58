package cn.kangka.notification.delivery;

import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Dead letters and the log of what went out. */
@ApplicationScoped
public class DeliveryLogService {
    private final DeliveryLogStore store;
    private final DeliveryService deliveries;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    DeliveryLogService(
            DeliveryLogStore store, DeliveryService deliveries, Database database, Audit audit, Clock clock) {
        this.store = store;
        this.deliveries = deliveries;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Dead letters, newest first: {@code PARKED} or {@code FAILED}; other states have none. */
    public Uni<Page<DeliveryView>> deadLetters(DeliveryState state, int limit, String cursor) {
        return store.byState(state, Cursor.decode(cursor), limit + 1)
                .map(rows -> Page.of(rows, limit, DeliveryLogService::position));
    }

    /** What went to an account, newest first. */
    public Uni<Page<DeliveryView>> ofAccount(UUID account, int limit, String cursor) {
        return store.byAccount(account, Cursor.decode(cursor), limit + 1)
                .map(rows -> Page.of(rows, limit, DeliveryLogService::position));
    }

    /**
     * Sends a dead letter again, as if it were new; who did it is audited with it.
     *
     * @return fails with 404 when there is no such delivery, with 409 when it is no dead letter
     */
    public Uni<Void> replay(UUID id, String staff) {
        return database.write(tx -> store.replay(tx, id, OffsetDateTime.now(clock))
                        .call(replayed -> replayed == null ? refuse(tx, id) : record(tx, id, staff)))
                .invoke(replayed -> deliveries.wake(List.of(replayed)))
                .replaceWithVoid();
    }

    private Uni<Void> refuse(SqlConnection tx, UUID id) {
        return store.exists(tx, id)
                .invoke(exists -> {
                    throw exists
                            ? Problems.refused("delivery-not-replayable", "delivery.dead-letters-only", null)
                            : Problems.notFound();
                })
                .replaceWithVoid();
    }

    private Uni<Void> record(SqlConnection tx, UUID id, String staff) {
        return audit.record(tx, AuditEntry.allowed("STAFF", staff, "delivery.replay", null, id.toString()));
    }

    private static Cursor position(DeliveryView view) {
        return new Cursor(view.createdAt().toInstant(), view.id());
    }
}
