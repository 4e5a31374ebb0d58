package cn.kangka.empi.person;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.PersonStore.PersonRow;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes back a merge, a split or a move, as long as nothing that happened since stands in the way. The links become what
 * they were, decided by whom they were decided; when a human takes back what a rule did, the rule never does it again.
 */
@ApplicationScoped
public class PersonUndo {
    /** Until then nobody but the one who slipped has acted on it; what is undone later is reviewed. */
    private static final Duration SLIP = Duration.ofMinutes(10);

    private final PersonStore store;
    private final HistoryStore history;
    private final PersonEvents events;
    private final PersonSteps steps;
    private final Identities identities;
    private final Clock clock;

    public PersonUndo(
            PersonStore store,
            HistoryStore history,
            PersonEvents events,
            PersonSteps steps,
            Identities identities,
            Clock clock) {
        this.store = store;
        this.history = history;
        this.events = events;
        this.steps = steps;
        this.identities = identities;
        this.clock = clock;
    }

    /** What an undo stands on: the entry, both persons locked, and the links that it made. */
    private record Ground(HistoryEntry entry, Map<UUID, PersonRow> rows, List<LinkRow> made) {
        PersonRow person() {
            return rows.get(entry.person());
        }

        PersonRow other() {
            return rows.get(entry.other());
        }

        List<UUID> moved() {
            return PersonSteps.identitiesOf(entry.moved());
        }
    }

    /**
     * Takes an event back; the person that had been {@code other} in it. Fails with 404 when there is no such event, and
     * with 409 when it was taken back before, is an undo itself, or a later event must be taken back first.
     */
    public Uni<UUID> undo(SqlConnection tx, UUID event, LinkDecision decision) {
        return history.lock(tx, event)
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .chain(entry -> {
                    if (entry.undone() || entry.kind() == HistoryEntry.Kind.UNDO) {
                        throw impossible();
                    }
                    return ground(tx, entry)
                            .call(ground -> history.undone(tx, entry, ground.person(), ground.made(), decision))
                            .chain(ground -> switch (entry.kind()) {
                                case MERGE -> part(tx, ground);
                                case SPLIT -> rejoin(tx, ground);
                                default -> moveBack(tx, ground);
                            })
                            .replaceWith(entry.other());
                });
    }

    private Uni<Ground> ground(SqlConnection tx, HistoryEntry entry) {
        return store.lock(tx, List.of(entry.person(), entry.other())).chain(rows -> {
            Map<UUID, PersonRow> byId = new HashMap<>();
            rows.forEach(row -> byId.put(row.id(), row));
            return store.linksOfIdentities(tx, PersonSteps.identitiesOf(entry.moved()))
                    .map(made -> new Ground(entry, byId, made))
                    .invoke(ground -> require(isUntouched(ground)));
        });
    }

    /** Whether everybody whom it moved is still where it put them. */
    private static boolean isUntouched(Ground ground) {
        HistoryEntry entry = ground.entry();
        Set<UUID> homes = ground.made().stream().map(LinkRow::person).collect(Collectors.toSet());
        boolean inPlace = entry.kind() == HistoryEntry.Kind.SPLIT
                ? homes.equals(Set.of(entry.person(), entry.other()))
                : homes.equals(Set.of(entry.person()));
        return inPlace
                && ground.made().size() == entry.moved().size()
                && ground.person().status() == PersonStatus.ACTIVE
                && (entry.kind() == HistoryEntry.Kind.MERGE
                        ? ground.person().id().equals(ground.other().mergedInto())
                        : ground.other().status() == PersonStatus.ACTIVE);
    }

    /** Of a merge: the person that was merged away is there again. */
    private Uni<Void> part(SqlConnection tx, Ground ground) {
        HistoryEntry entry = ground.entry();
        boolean doubtful = !isSlip(entry);
        PersonRow revived = ground.other().revived(doubtful || ground.other().suspect());
        PersonRow remaining = ground.person().suspect(doubtful || entry.wasSuspect());
        return staying(tx, ground)
                .chain(staying -> restore(tx, ground, staying))
                .chain(() -> store.keepApart(tx, entry.apart()))
                .chain(() -> steps.settle(tx, remaining))
                .chain(now -> steps.settle(tx, revived)
                        .call(back -> events.changedTogether(tx, now, back))
                        .call(back -> steps.each(listener -> listener.personRevived(tx, now, back))))
                .replaceWithVoid();
    }

    /** Of a split: what left comes back, and the new person is merged away. */
    private Uni<Void> rejoin(SqlConnection tx, Ground ground) {
        HistoryEntry entry = ground.entry();
        List<UUID> left = ground.made().stream()
                .filter(link -> link.person().equals(entry.other()))
                .map(LinkRow::identity)
                .toList();
        List<UUID> stayed =
                ground.moved().stream().filter(each -> !left.contains(each)).toList();
        PersonRow gone = ground.other().mergedInto(entry.person());
        return store.linksOfPersons(tx, List.of(entry.other()))
                .invoke(links -> require(left.containsAll(PersonSteps.identitiesOf(links))))
                .chain(() -> store.restore(tx, entry.moved()))
                .chain(() -> store.allowTogether(tx, left, stayed))
                .chain(() -> store.update(tx, gone))
                .chain(() -> steps.settle(tx, ground.person().suspect(entry.wasSuspect())))
                .chain(now -> steps.withIdentities(tx, gone)
                        .call(retired -> events.changedTogether(tx, now, retired))
                        .call(retired -> steps.each(listener -> listener.personsMerged(tx, now, retired))))
                .replaceWithVoid();
    }

    private Uni<Void> moveBack(SqlConnection tx, Ground ground) {
        return staying(tx, ground)
                .chain(staying -> restore(tx, ground, staying))
                .chain(() -> steps.settle(tx, ground.person()))
                .chain(left -> steps.settle(tx, ground.other())
                        .call(back -> events.changedTogether(tx, left, back))
                        .call(back -> steps.each(listener -> listener.personUpdated(tx, left)))
                        .call(back -> steps.each(listener -> listener.personUpdated(tx, back))))
                .replaceWithVoid();
    }

    /** Who stays when the others go: somebody must, and no chart may lose the one that its hospital merged it into. */
    private Uni<List<UUID>> staying(SqlConnection tx, Ground ground) {
        Set<UUID> moved = new HashSet<>(ground.moved());
        return store.linksOfPersons(tx, List.of(ground.entry().person()))
                .chain(links -> identities.load(tx, PersonSteps.identitiesOf(links)))
                .map(told -> {
                    require(told.size() > moved.size()
                            && told.stream()
                                    .filter(Identity::isRetired)
                                    .allMatch(each -> moved.contains(each.id()) == moved.contains(each.replacedBy())));
                    return told.stream()
                            .map(Identity::id)
                            .filter(each -> !moved.contains(each))
                            .toList();
                });
    }

    private Uni<Void> restore(SqlConnection tx, Ground ground, Collection<UUID> staying) {
        HistoryEntry entry = ground.entry();
        if (entry.decision().manual()) {
            return store.restore(tx, entry.moved());
        }
        LinkDecision byHuman = LinkDecision.manual("undo", null, null);
        return store.relink(tx, ground.moved(), entry.formerHome(), byHuman)
                .chain(() -> store.keepApart(tx, ground.moved(), staying));
    }

    private boolean isSlip(HistoryEntry entry) {
        Instant until = entry.at().toInstant().plus(SLIP);
        return entry.decision().manual() && clock.instant().isBefore(until);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw impossible();
        }
    }

    private static RuntimeException impossible() {
        return Problems.of(409, "undo-impossible");
    }
}
