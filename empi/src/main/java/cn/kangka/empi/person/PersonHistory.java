package cn.kangka.empi.person;

import cn.kangka.empi.person.PersonRequests.PersonId;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What was done to persons, for registrars to see and to take back. */
@ApplicationScoped
public class PersonHistory {
    private final Database database;
    private final HistoryStore store;
    private final PersonUndo undo;
    private final Outbox outbox;
    private final Audit audit;

    public PersonHistory(Database database, HistoryStore store, PersonUndo undo, Outbox outbox, Audit audit) {
        this.database = database;
        this.store = store;
        this.undo = undo;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** What was done to a person, merged away or not, newest first. */
    public Uni<Page<HistoryView>> of(UUID person, int limit, Cursor after) {
        return store.of(database.pool(), person, limit + 1, after).map(entries -> Page.of(
                        entries, limit, entry -> new Cursor(entry.at().toInstant(), entry.id()))
                .map(HistoryView::of));
    }

    /** The last event of a person; null when nothing was done to it. */
    public Uni<UUID> last(SqlClient client, UUID person) {
        return store.of(client, person, 1, null)
                .map(entries -> entries.isEmpty() ? null : entries.get(0).id());
    }

    /** A registrar takes an event back. */
    public Uni<PersonId> undo(UUID event, PersonRequests.Review why) {
        LinkDecision decision = LinkDecision.manual("registrar", why.reason(), why.by());
        return database.write(tx -> undo.undo(tx, event, decision)
                        .call(person -> audit.record(
                                tx,
                                AuditEntry.allowed("REGISTRAR", why.by(), "person.undo", person, event.toString())
                                        .because(why.reason()))))
                .invoke(() -> {
                    outbox.wake(PersonEvents.DESTINATION);
                    outbox.wake("hospital:");
                })
                .map(PersonId::new);
    }
}
