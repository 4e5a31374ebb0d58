package cn.kangka.kit.audit;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.grouping.Grouped;
import cn.kangka.kit.trace.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

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
    private static final int WRITERS = 2;

    private record Traced(AuditEntry entry, String trace) {}

    private final Grouped<Traced, Void> writer;

    public Audit(Database database) {
        this.writer = new Grouped<>("the audit", WRITERS, entries -> database.pool()
                .preparedQuery(INSERT)
                .execute(rows(entries))
                .map(done -> Collections.nCopies(entries.size(), null)));
    }

    /** Completes when the entry is durable; fails when it cannot be written, and then nothing may be shown. */
    public Uni<Void> record(AuditEntry entry) {
        return writer.ask(new Traced(entry, Traces.currentId()));
    }

    /** Writes the entry in the caller's transaction, with the change it tells. */
    public Uni<Void> record(SqlConnection tx, AuditEntry entry) {
        return tx.preparedQuery(INSERT)
                .execute(rows(List.of(new Traced(entry, Traces.currentId()))))
                .replaceWithVoid();
    }

    private static Tuple rows(List<Traced> batch) {
        return Tuple.tuple(Arrays.asList(
                batch.stream().map(each -> each.entry().id()).toArray(java.util.UUID[]::new),
                texts(batch, each -> each.entry().actorKind()),
                texts(batch, each -> each.entry().actor()),
                texts(batch, each -> each.entry().action()),
                batch.stream().map(each -> each.entry().person()).toArray(java.util.UUID[]::new),
                texts(batch, each -> each.entry().object()),
                texts(batch, each -> each.entry().outcome()),
                texts(batch, each -> each.entry().reason()),
                texts(batch, Traced::trace)));
    }

    private static String[] texts(List<Traced> batch, java.util.function.Function<Traced, String> field) {
        return batch.stream().map(field).toArray(String[]::new);
    }
}
