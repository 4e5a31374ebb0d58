package cn.kangka.api.exemption;

import cn.kangka.api.appointment.Actor;
import cn.kangka.api.appointment.Allotment;
import cn.kangka.api.person.Persons;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.BiFunction;

/** Says, and lets supervisors say, whom marks never pause. */
@ApplicationScoped
public class PauseExemptions {
    private final Database database;
    private final Allotment allotment;
    private final Persons persons;
    private final PauseExemptionStore store;
    private final Audit audit;
    private final Clock clock;

    PauseExemptions(
            Database database,
            Allotment allotment,
            Persons persons,
            PauseExemptionStore store,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.allotment = allotment;
        this.persons = persons;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** Of the person on the phone; audited. 403 before the caller's check. */
    public Uni<PauseExemptionView> of(UUID person) {
        return allotment
                .actor()
                .call(actor -> allotment.staff(actor, person, "pause-exemption.read"))
                .chain(() -> persons.current(database.pool(), person))
                .chain(current -> store.find(database.pool(), current));
    }

    /** Holds from the next booking; the same again changes nothing. 404 for somebody the index has not told of. */
    public Uni<PauseExemptionView> set(UUID person, PauseExemptionView.Request request) {
        return change(
                        person,
                        "pause-exemption.set",
                        request.basis().name(),
                        (tx, change) -> store.set(
                                tx,
                                change.person(),
                                request.basis(),
                                change.by().id(),
                                OffsetDateTime.now(clock)))
                .chain(current -> store.find(database.pool(), current));
    }

    /** Marks pause the person again, from the next booking; ending it twice is no error. */
    public Uni<Void> end(UUID person) {
        return change(person, "pause-exemption.end", null, (tx, change) -> store.end(tx, change.person()))
                .replaceWithVoid();
    }

    private record Change(Actor by, UUID person) {}

    private Uni<UUID> change(
            UUID person, String action, String basis, BiFunction<SqlConnection, Change, Uni<Boolean>> write) {
        return allotment
                .actor()
                .call(actor -> allotment.allowed(actor, person))
                .chain(actor -> database.write(
                        tx -> known(tx, person).call(current -> write.apply(tx, new Change(actor, current))
                                .chain(changed -> changed
                                        ? audit.record(
                                                tx,
                                                AuditEntry.allowed(actor.kind(), actor.id(), action, current, null)
                                                        .because(basis))
                                        : Uni.createFrom().voidItem()))));
    }

    private Uni<UUID> known(SqlConnection tx, UUID person) {
        return persons.currentLocked(tx, person)
                .call(current -> persons.find(tx, current).onItem().ifNull().failWith(Problems::notFound));
    }
}
