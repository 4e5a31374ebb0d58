package cn.kangka.api.audit;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

@ApplicationScoped
class AccessStore {
    private final Database database;

    AccessStore(Database database) {
        this.database = database;
    }

    /** An entry as stored, with the actor's id and the institution of a client, or of a clerk who has only one. */
    record Entry(Access access, String actorId, String source, String clientName) {}

    /** Entries about a person, newest first, after the cursor. */
    Uni<List<Entry>> of(UUID person, int limit, Cursor after) {
        OffsetDateTime at = after == null ? null : after.at().atOffset(ZoneOffset.UTC);
        return database.pool()
                .preparedQuery("""
                        select e.id, e.at, e.actor_kind, e.actor, e.action, e.object, e.outcome, e.reason,
                            coalesce(c.source, s.sources[1]) as source, c.name
                        from audit_entry e
                        left join client c on c.id = e.actor and e.actor_kind in ('PARTNER', 'TERMINAL', 'HOSPITAL')
                        left join staff s on s.username = e.actor and e.actor_kind = 'CLERK' and cardinality(s.sources) = 1
                        where e.person = $1 and ($2::timestamptz is null or (e.at, e.id) < ($2, $3::uuid))
                        order by e.at desc, e.id desc limit $4
                        """)
                .execute(Tuple.of(person, at, after == null ? null : after.id(), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AccessStore::read)
                        .toList());
    }

    private static Entry read(Row row) {
        Access access = new Access(
                row.getUUID("id"),
                row.getOffsetDateTime("at"),
                row.getString("actor_kind"),
                null,
                row.getString("action"),
                row.getString("object"),
                row.getString("outcome"),
                row.getString("reason"));
        return new Entry(access, row.getString("actor"), row.getString("source"), row.getString("name"));
    }
}
