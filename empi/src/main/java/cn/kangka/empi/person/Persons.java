package cn.kangka.empi.person;

import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.PersonStore.PersonRow;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Front door of persons for whoever links: every act takes the locks it needs, keeps the golden record, raises the
 * version, tells {@code api} and calls the listeners, all in the caller's transaction.
 */
@ApplicationScoped
public class Persons {
    private final PersonStore store;
    private final HistoryStore history;
    private final PersonEvents events;
    private final PersonSteps steps;

    public Persons(PersonStore store, HistoryStore history, PersonEvents events, PersonSteps steps) {
        this.store = store;
        this.history = history;
        this.events = events;
        this.steps = steps;
    }

    /** The active link of an identity; null when it has none. */
    public Uni<LinkRow> linkOf(SqlClient client, UUID identity) {
        return store.link(client, identity);
    }

    /** The active links of the identities. */
    public Uni<List<LinkRow>> linksOf(SqlClient client, Collection<UUID> ofIdentities) {
        return store.linksOfIdentities(client, ofIdentities);
    }

    /** Everybody who is in one cluster with one of the identities. */
    public Uni<List<Member>> clusters(SqlClient client, Collection<UUID> ofIdentities) {
        return store.clusters(client, ofIdentities);
    }

    /** The pairs among the identities of which a human said that they are two humans; the smaller id first. */
    public Uni<Set<List<UUID>>> apart(SqlClient client, Collection<UUID> among) {
        return store.apart(client, among);
    }

    /** A human says that each of some identities is another human than each of others: no rule joins them. */
    public Uni<Void> keepApart(SqlConnection tx, Collection<UUID> some, Collection<UUID> others) {
        return store.keepApart(tx, some, others);
    }

    /** A human takes that back. */
    public Uni<Void> allowTogether(SqlConnection tx, Collection<UUID> some, Collection<UUID> others) {
        return store.allowTogether(tx, some, others).replaceWithVoid();
    }

    /** Locks persons until the end of the transaction, in order of their ids. */
    public Uni<Void> lock(SqlConnection tx, Collection<UUID> ids) {
        return store.lock(tx, ids).replaceWithVoid();
    }

    /** Where an enterprise id leads; null when it was never given. */
    public Uni<UUID> current(SqlClient client, UUID person) {
        return store.current(client, person);
    }

    /**
     * Where an enterprise id leads, locked until the end of the transaction: whoever tells of a person without changing
     * it keeps the order of what is told. Fails with 404 when the id was never given.
     */
    public Uni<UUID> hold(SqlConnection tx, UUID person) {
        return steps.lockCurrent(tx, person).map(PersonRow::id);
    }

    /** A person as it is now, MERGED ones included; null when there is none. */
    public Uni<PersonSnapshot> snapshot(SqlClient client, UUID person) {
        return store.find(client, person)
                .map(whole -> whole == null ? null : PersonSteps.snapshot(whole.person(), whole.links(), whole.told()));
    }

    /** Persons as they are now, in one statement. */
    public Uni<List<PersonSnapshot>> snapshots(SqlClient client, Collection<UUID> some) {
        return some.isEmpty()
                ? Uni.createFrom().item(List.of())
                : store.findAll(client, some).map(found -> found.stream()
                        .map(whole -> PersonSteps.snapshot(whole.person(), whole.links(), whole.told()))
                        .toList());
    }

    /** A new person with its first identity, which has no link yet. */
    public Uni<UUID> make(SqlConnection tx, Identity identity, LinkDecision decision) {
        PersonRow person = new PersonRow(
                Ids.next(), 1, PersonStatus.ACTIVE, null, false, GoldenRecordPolicy.of(List.of(identity)));
        LinkRow first = new LinkRow(identity.id(), person.id(), 1, decision.manual(), decision.rule());
        PersonSnapshot made = PersonSteps.snapshot(person, List.of(first), List.of(identity));
        return store.insert(tx, person)
                .chain(() -> store.link(tx, first, decision))
                .chain(() -> events.changed(tx, made))
                .chain(() -> steps.each(listener -> listener.personMade(tx, made)))
                .replaceWith(made.id());
    }

    /** Links an identity, which has no link yet, to a person; the id of the person it is then, after all merges. */
    public Uni<UUID> join(SqlConnection tx, UUID person, Identity identity, LinkDecision decision) {
        return steps.lockCurrent(tx, person).chain(row -> store.relink(tx, List.of(identity.id()), row.id(), decision)
                .chain(() -> steps.refresh(tx, row)));
    }

    /** Computes the golden record anew after an identity changed. */
    public Uni<UUID> refresh(SqlConnection tx, UUID person) {
        return steps.lockCurrent(tx, person).chain(row -> steps.refresh(tx, row));
    }

    /** {@code retired} becomes {@code survivor}: everything moves, the old id redirects for ever. */
    public Uni<UUID> merge(SqlConnection tx, UUID survivor, UUID retired, LinkDecision decision) {
        return steps.lockBoth(tx, survivor, retired).chain(rows -> {
            PersonRow to = rows.get(survivor);
            PersonRow from = rows.get(retired);
            return store.linksOfPersons(tx, List.of(from.id()))
                    .call(moved -> allowed(tx, to, moved, decision)
                            .chain(apart -> history.merged(tx, to, from.id(), moved, apart, decision)))
                    .chain(moved -> store.relink(tx, PersonSteps.identitiesOf(moved), to.id(), decision))
                    .chain(() -> store.update(tx, from.mergedInto(to.id())))
                    .chain(() -> steps.settle(tx, to))
                    .chain(now -> steps.withIdentities(tx, from.mergedInto(to.id()))
                            .call(gone -> events.changedTogether(tx, now, gone))
                            .call(gone -> steps.each(listener -> listener.personsMerged(tx, now, gone))))
                    .replaceWith(to.id());
        });
    }

    /** A human who joins two persons takes back what kept their identities apart; the pairs that were. */
    private Uni<List<List<UUID>>> allowed(SqlConnection tx, PersonRow to, List<LinkRow> moved, LinkDecision decision) {
        return decision.manual()
                ? store.linksOfPersons(tx, List.of(to.id()))
                        .chain(own ->
                                store.allowTogether(tx, PersonSteps.identitiesOf(own), PersonSteps.identitiesOf(moved)))
                : Uni.createFrom().item(List.of());
    }

    /**
     * A human says that two identities are one human: their persons become one, the older id stays. When the persons carry
     * two different valid resident ids, only the second identity moves. Answers the person of both.
     */
    public Uni<UUID> unite(SqlConnection tx, UUID first, UUID second, LinkDecision decision) {
        return store.link(tx, first).chain(one -> store.link(tx, second).chain(other -> {
            if (one.person().equals(other.person())) {
                return store.relink(tx, List.of(first, second), one.person(), decision)
                        .chain(() -> refresh(tx, one.person()));
            }
            return snapshot(tx, one.person()).chain(left -> snapshot(tx, other.person())
                    .chain(right -> unite(tx, left, right, second, decision)));
        }));
    }

    private Uni<UUID> unite(
            SqlConnection tx, PersonSnapshot one, PersonSnapshot other, UUID second, LinkDecision decision) {
        if (one.contradicts(other) && other.identities().size() > 1) {
            return move(tx, second, one.id(), decision);
        }
        boolean older = one.id().toString().compareTo(other.id().toString()) < 0;
        return older ? merge(tx, one.id(), other.id(), decision) : merge(tx, other.id(), one.id(), decision);
    }

    /** One identity moves to another person; its old one stays, when it has others, or is merged away. */
    public Uni<UUID> move(SqlConnection tx, UUID identity, UUID to, LinkDecision decision) {
        return store.link(tx, identity).chain(link -> steps.lockBoth(tx, to, link.person())
                .chain(rows -> store.linksOfPersons(tx, List.of(link.person())).chain(links -> {
                    if (links.size() == 1) {
                        return merge(tx, to, link.person(), decision);
                    }
                    return store.relink(tx, List.of(identity), to, decision)
                            .chain(() -> history.moved(tx, rows.get(to), link, decision))
                            .chain(() -> steps.settle(tx, rows.get(to)))
                            .chain(now -> steps.settle(tx, rows.get(link.person()))
                                    .call(left -> events.changedTogether(tx, now, left))
                                    .call(left -> steps.each(listener -> listener.personUpdated(tx, now)))
                                    .call(left -> steps.each(listener -> listener.personUpdated(tx, left))))
                            .replaceWith(to);
                })));
    }

    /** Takes identities out of a person into a new one; both are suspect until reviewed. Answers the new id. */
    public Uni<UUID> split(SqlConnection tx, UUID person, Set<UUID> leaving, LinkDecision decision) {
        return steps.lockCurrent(tx, person)
                .chain(row -> store.linksOfPersons(tx, List.of(row.id())).chain(links -> {
                    List<LinkRow> moved = links.stream()
                            .filter(link -> leaving.contains(link.identity()))
                            .toList();
                    if (moved.size() != leaving.size() || moved.size() == links.size()) {
                        throw Problems.of(409, "split-impossible");
                    }
                    return split(tx, row, links, moved, decision);
                }));
    }

    /** A human looked at a person that a split had made suspect: the accounts that wait for it may go on. */
    public Uni<UUID> review(SqlConnection tx, UUID person) {
        return steps.lockCurrent(tx, person).chain(row -> steps.refresh(tx, row.suspect(false)));
    }

    private Uni<UUID> split(
            SqlConnection tx, PersonRow row, List<LinkRow> links, List<LinkRow> moved, LinkDecision decision) {
        PersonRow fresh = new PersonRow(Ids.next(), 0, PersonStatus.ACTIVE, null, true, GoldenRecord.empty());
        List<UUID> staying = links.stream()
                .filter(link -> !moved.contains(link))
                .map(LinkRow::identity)
                .toList();
        return store.insert(tx, fresh)
                .chain(() -> store.relink(tx, PersonSteps.identitiesOf(moved), fresh.id(), decision))
                .chain(() -> store.relink(tx, staying, row.id(), decision))
                .chain(() -> history.split(tx, row, fresh.id(), links, decision))
                .chain(() -> decision.manual()
                        ? store.keepApart(tx, staying, PersonSteps.identitiesOf(moved))
                        : Uni.createFrom().voidItem())
                .chain(() -> steps.settle(tx, row.suspect(true)))
                .chain(remaining -> steps.settle(tx, fresh)
                        .call(made -> events.changedTogether(tx, remaining, made))
                        .call(made -> steps.each(listener -> listener.personSplit(tx, remaining, made))))
                .map(PersonSnapshot::id);
    }
}
