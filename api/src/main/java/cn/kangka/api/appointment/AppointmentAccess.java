package cn.kangka.api.appointment;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Denials;
import cn.kangka.api.dependant.ActingFor;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Who may see and change a booking: the person's own account, who books for them, the partner that made it, agents (all audited). For anybody
 * else it does not exist.
 */
@ApplicationScoped
class AppointmentAccess {
    private final Denials denials;
    private final Audit audit;
    private final BookedPerson persons;
    private final ActingFor acting;

    AppointmentAccess(Denials denials, Audit audit, BookedPerson persons, ActingFor acting) {
        this.acting = acting;
        this.denials = denials;
        this.audit = audit;
        this.persons = persons;
    }

    /** Completes when the actor may; fails with 404 for what is not there or not theirs. */
    Uni<Void> require(Actor actor, @Nullable Appointment appointment, String action) {
        return appointment == null
                ? Uni.createFrom().failure(Problems.notFound())
                : require(
                        actor,
                        appointment.person(),
                        made(actor, appointment.bookedByKind(), appointment.bookedBy()),
                        appointment.id(),
                        action);
    }

    /** The same for a place on a waiting list. */
    Uni<Void> require(Actor actor, @Nullable WaitingStore.Entry entry, String action) {
        return entry == null
                ? Uni.createFrom().failure(Problems.notFound())
                : require(
                        actor,
                        entry.view().person(),
                        made(actor, entry.byKind(), entry.by()),
                        entry.view().id(),
                        action);
    }

    static boolean made(Actor actor, String byKind, String by) {
        return actor.partner() && byKind.equals(actor.kind()) && by.equals(actor.id());
    }

    Uni<Void> require(Actor actor, UUID person, boolean made, UUID object, String action) {
        if (actor.citizen() && actor.person().equals(person)) {
            return Uni.createFrom().voidItem();
        }
        if (made) {
            return recorded(actor, person, object.toString(), action);
        }
        if (actor.citizen()) {
            return acting.may(actor.account(), person)
                    .chain(may -> may
                            ? recorded(actor, person, object.toString(), action)
                            : denials.notFound(action, person, object.toString()));
        }
        return actor.partner()
                ? denials.notFound(action, person, object.toString())
                : staff(actor, person, object.toString(), action);
    }

    /** Whether what is this person's is still the citizen's to see; for a look that was audited when it began. */
    Uni<Boolean> still(Caller caller, UUID person) {
        return person.equals(caller.person()) ? Uni.createFrom().item(true) : acting.may(caller.account(), person);
    }

    /** A citizen may see what is theirs, or a dependant's (audited); null is their own. Whose it is. */
    Uni<UUID> ofCitizen(Caller caller, @Nullable UUID person, String action) {
        if (person == null || person.equals(caller.person())) {
            return Uni.createFrom().item(caller.person());
        }
        String account = caller.account().toString();
        return acting.require(caller.account(), person, action)
                .chain(() -> audit.record(AuditEntry.allowed("CITIZEN", account, action, person, null)))
                .replaceWith(person);
    }

    /** Staff or a partner looked at a list that is about no single person; an entry is written. */
    Uni<Void> listed(Actor actor, String action) {
        return audit.record(AuditEntry.allowed(actor.kind(), actor.id(), action, null, null));
    }

    /** Staff may where they may act for the person; an entry is written. */
    Uni<Void> staff(Actor actor, UUID person, String object, String action) {
        return persons.allowed(actor, person).chain(allowed -> recorded(actor, person, object, action));
    }

    private Uni<Void> recorded(Actor actor, UUID person, String object, String action) {
        return audit.record(AuditEntry.allowed(actor.kind(), actor.id(), action, person, object));
    }
}
