package cn.kangka.empi.person;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.PersonStore.PersonRow;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.problem.Problems;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Front door of persons for whoever links: every act takes the locks it needs, keeps the golden record, raises the
 * version, tells {@code api} and calls the listeners, all in the caller's transaction.
 */
@ApplicationScoped
public class Persons {
    private final PersonStore store;
    private final PersonEvents events;
    private final Identities identities;
    private final List<PersonListener> listeners;

    public Persons(PersonStore store, PersonEvents events, Identities identities, @All List<PersonListener> listeners) {
        this.store = store;
        this.events = events;
        this.identities = identities;
        this.listeners = listeners;
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
        return store.allowTogether(tx, some, others);
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
        return lockCurrent(tx, person).map(PersonRow::id);
    }

    /** A person as it is now, MERGED ones included; null when there is none. */
    public Uni<PersonSnapshot> snapshot(SqlClient client, UUID person) {
        return store.find(client, person)
                .map(whole -> whole == null ? null : snapshot(whole.person(), whole.links(), whole.told()));
    }

    /** A new person with its first identity, which has no link yet. */
    public Uni<UUID> make(SqlConnection tx, Identity identity, LinkDecision decision) {
        PersonRow person = new PersonRow(
                Ids.next(), 1, PersonStatus.ACTIVE, null, false, GoldenRecordPolicy.of(List.of(identity)));
        LinkRow first = new LinkRow(identity.id(), person.id(), 1, decision.manual(), decision.rule());
        PersonSnapshot made = snapshot(person, List.of(first), List.of(identity));
        return store.insert(tx, person)
                .chain(() -> store.link(tx, first, decision))
                .chain(() -> events.changed(tx, made))
                .chain(() -> each(listener -> listener.personMade(tx, made)))
                .replaceWith(made.id());
    }

    /** Links an identity, which has no link yet, to a person; the id of the person it is then, after all merges. */
    public Uni<UUID> join(SqlConnection tx, UUID person, Identity identity, LinkDecision decision) {
        return lockCurrent(tx, person).chain(row -> store.relink(tx, List.of(identity.id()), row.id(), decision)
                .chain(() -> refresh(tx, row)));
    }

    /** Computes the golden record anew after an identity changed. */
    public Uni<UUID> refresh(SqlConnection tx, UUID person) {
        return lockCurrent(tx, person).chain(row -> refresh(tx, row));
    }

    /** {@code retired} becomes {@code survivor}: everything moves, the old id redirects for ever. */
    public Uni<UUID> merge(SqlConnection tx, UUID survivor, UUID retired, LinkDecision decision) {
        return lockBoth(tx, survivor, retired).chain(rows -> {
            PersonRow to = rows.get(survivor);
            PersonRow from = rows.get(retired);
            return store.linksOfPersons(tx, List.of(from.id()))
                    .call(moved -> store.relink(tx, identitiesOf(moved), to.id(), decision))
                    .call(moved -> store.event(tx, "MERGE", to.id(), from.id(), moved, decision))
                    .chain(() -> store.update(tx, from.mergedInto(to.id())))
                    .chain(() -> settle(tx, to))
                    .chain(now -> withIdentities(tx, from.mergedInto(to.id()))
                            .call(gone -> events.changedTogether(tx, now, gone))
                            .call(gone -> each(listener -> listener.personsMerged(tx, now, gone))))
                    .replaceWith(to.id());
        });
    }

    /** One identity moves to another person; its old one stays, when it has others, or is merged away. */
    public Uni<UUID> move(SqlConnection tx, UUID identity, UUID to, LinkDecision decision) {
        return store.link(tx, identity).chain(link -> lockBoth(tx, to, link.person())
                .chain(rows -> store.linksOfPersons(tx, List.of(link.person())).chain(links -> {
                    if (links.size() == 1) {
                        return merge(tx, to, link.person(), decision);
                    }
                    return store.relink(tx, List.of(identity), to, decision)
                            .chain(() -> store.event(tx, "MOVE", to, link.person(), List.of(link), decision))
                            .chain(() -> settle(tx, rows.get(to)))
                            .chain(now -> settle(tx, rows.get(link.person()))
                                    .call(left -> events.changedTogether(tx, now, left))
                                    .call(left -> each(listener -> listener.personUpdated(tx, now)))
                                    .call(left -> each(listener -> listener.personUpdated(tx, left))))
                            .replaceWith(to);
                })));
    }

    /** Takes identities out of a person into a new one; both are suspect until reviewed. Answers the new id. */
    public Uni<UUID> split(SqlConnection tx, UUID person, Set<UUID> leaving, LinkDecision decision) {
        return lockCurrent(tx, person)
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
        return lockCurrent(tx, person).chain(row -> refresh(tx, row.reviewed()));
    }

    private Uni<UUID> split(
            SqlConnection tx, PersonRow row, List<LinkRow> links, List<LinkRow> moved, LinkDecision decision) {
        PersonRow fresh = new PersonRow(Ids.next(), 0, PersonStatus.ACTIVE, null, true, GoldenRecord.empty());
        List<UUID> staying = links.stream()
                .filter(link -> !moved.contains(link))
                .map(LinkRow::identity)
                .toList();
        return store.insert(tx, fresh)
                .chain(() -> store.relink(tx, identitiesOf(moved), fresh.id(), decision))
                .chain(() -> store.relink(tx, staying, row.id(), decision))
                .chain(() -> store.event(tx, "SPLIT", row.id(), fresh.id(), moved, decision))
                .chain(() -> decision.manual()
                        ? store.keepApart(tx, staying, identitiesOf(moved))
                        : Uni.createFrom().voidItem())
                .chain(() -> settle(tx, row.suspected()))
                .chain(remaining -> settle(tx, fresh)
                        .call(made -> events.changedTogether(tx, remaining, made))
                        .call(made -> each(listener -> listener.personSplit(tx, remaining, made))))
                .map(PersonSnapshot::id);
    }

    private Uni<UUID> refresh(SqlConnection tx, PersonRow row) {
        return settle(tx, row)
                .call(now -> events.changed(tx, now))
                .call(now -> each(listener -> listener.personUpdated(tx, now)))
                .map(PersonSnapshot::id);
    }

    /** Writes the golden record of the identities that are linked now, as the next version. */
    private Uni<PersonSnapshot> settle(SqlConnection tx, PersonRow row) {
        return store.linksOfPersons(tx, List.of(row.id()))
                .chain(links -> identities.load(tx, identitiesOf(links)).chain(told -> {
                    PersonRow now = row.changed(GoldenRecordPolicy.of(told));
                    return store.update(tx, now).replaceWith(snapshot(now, links, told));
                }));
    }

    private Uni<PersonSnapshot> withIdentities(SqlClient client, PersonRow row) {
        return store.linksOfPersons(client, List.of(row.id()))
                .chain(links -> identities.load(client, identitiesOf(links)).map(told -> snapshot(row, links, told)));
    }

    private Uni<PersonRow> lockCurrent(SqlConnection tx, UUID person) {
        return store.lock(tx, List.of(person)).chain(rows -> {
            if (rows.isEmpty()) {
                throw Problems.notFound();
            }
            PersonRow row = rows.get(0);
            return row.status() == PersonStatus.MERGED
                    ? lockCurrent(tx, row.mergedInto())
                    : Uni.createFrom().item(row);
        });
    }

    private Uni<Map<UUID, PersonRow>> lockBoth(SqlConnection tx, UUID one, UUID other) {
        return store.lock(tx, List.of(one, other)).map(rows -> {
            Map<UUID, PersonRow> found = rows.stream()
                    .collect(Collectors.toMap(PersonRow::id, Function.identity(), (a, b) -> a, HashMap::new));
            if (found.size() != 2) {
                throw Problems.notFound();
            }
            if (rows.stream().anyMatch(row -> row.status() == PersonStatus.MERGED)) {
                throw Problems.of(409, "person-merged");
            }
            return found;
        });
    }

    private Uni<Void> each(Function<PersonListener, Uni<Void>> call) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (PersonListener listener : listeners) {
            all = all.chain(() -> call.apply(listener));
        }
        return all;
    }

    private static List<UUID> identitiesOf(List<LinkRow> links) {
        return links.stream().map(LinkRow::identity).toList();
    }

    private static PersonSnapshot snapshot(PersonRow row, List<LinkRow> links, List<Identity> told) {
        Map<UUID, Identity> byId = told.stream().collect(Collectors.toMap(Identity::id, Function.identity()));
        List<IdentityRef> refs = links.stream()
                .map(link -> new IdentityRef(
                        link.identity(),
                        byId.get(link.identity()).source(),
                        byId.get(link.identity()).localId(),
                        link.version()))
                .sorted(Comparator.comparing(ref -> byId.get(ref.identity()).isRetired()))
                .toList();
        GoldenRecord golden = row.golden();
        GoldenRecord.PersonName name = golden.name().value();
        return new PersonSnapshot(
                row.id(),
                row.version(),
                row.status(),
                row.mergedInto(),
                row.suspect(),
                name == null ? null : name.whole(),
                name == null ? null : name.family(),
                name == null ? null : name.given(),
                golden.sex().value(),
                golden.birth().value(),
                golden.phones().stream().map(GoldenRecord.Value::value).toList(),
                golden.documents().stream().map(GoldenRecord.Value::value).toList(),
                golden.address().value(),
                golden.deceased().value(),
                refs);
    }
}
