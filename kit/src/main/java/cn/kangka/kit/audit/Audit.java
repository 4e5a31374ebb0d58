package cn.kangka.kit.audit;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.trace.Traces;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The access audit. A read is answered only after its entry is durable; entries that arrive together are written
 * together (group commit), so that auditing every read does not cost one commit each.
 */
@ApplicationScoped
public class Audit {
    private static final String INSERT = """
            insert into audit_entry (id, actor_kind, actor, action, person, object, outcome, reason, trace)
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[],
                $8::text[], $9::text[])
            """;
    private static final int WAITING = 10_000;
    private static final int BATCH = 500;
    private static final int WRITERS = 2;

    private record Waiting(AuditEntry entry, String trace, UniEmitter<? super Void> emitter) {}

    private final Database database;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicInteger writing = new AtomicInteger();

    public Audit(Database database) {
        this.database = database;
    }

    /** Completes when the entry is durable; fails when it cannot be written, and then nothing may be shown. */
    public Uni<Void> record(AuditEntry entry) {
        String trace = Traces.currentId();
        return Uni.createFrom().emitter(emitter -> {
            if (queue.offer(new Waiting(entry, trace, emitter))) {
                drain();
            } else {
                emitter.fail(new IllegalStateException("the audit queue is full"));
            }
        });
    }

    /** Writes the entry in the caller's transaction, with the change it tells. */
    public Uni<Void> record(SqlConnection tx, AuditEntry entry) {
        return tx.preparedQuery(INSERT)
                .execute(rows(List.of(new Waiting(entry, Traces.currentId(), null))))
                .replaceWithVoid();
    }

    private void drain() {
        if (writing.incrementAndGet() > WRITERS) {
            writing.decrementAndGet(); // A writer that finishes looks again.
            return;
        }
        List<Waiting> batch = new ArrayList<>();
        queue.drainTo(batch, BATCH);
        if (batch.isEmpty()) {
            writing.decrementAndGet();
            return;
        }
        database.pool()
                .preparedQuery(INSERT)
                .execute(rows(batch))
                .subscribe()
                .with(done -> finish(batch, null), failure -> finish(batch, failure));
    }

    private void finish(List<Waiting> batch, Throwable failure) {
        writing.decrementAndGet();
        for (Waiting waiting : batch) {
            if (failure == null) {
                waiting.emitter().complete(null);
            } else {
                waiting.emitter().fail(failure);
            }
        }
        drain();
    }

    private static Tuple rows(List<Waiting> batch) {
        return Tuple.tuple(Arrays.asList(
                batch.stream().map(each -> each.entry().id()).toArray(java.util.UUID[]::new),
                texts(batch, each -> each.entry().actorKind()),
                texts(batch, each -> each.entry().actor()),
                texts(batch, each -> each.entry().action()),
                batch.stream().map(each -> each.entry().person()).toArray(java.util.UUID[]::new),
                texts(batch, each -> each.entry().object()),
                texts(batch, each -> each.entry().outcome()),
                texts(batch, each -> each.entry().reason()),
                texts(batch, Waiting::trace)));
    }

    private static String[] texts(List<Waiting> batch, java.util.function.Function<Waiting, String> field) {
        return batch.stream().map(field).toArray(String[]::new);
    }
}
