package cn.kangka.empi.person;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.PersonStore.PersonRow;
import cn.kangka.kit.problem.Problems;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The steps that all changes of persons are made of: take the locks, write the golden record anew, tell everybody. */
@ApplicationScoped
class PersonSteps {
    private final PersonStore store;
    private final PersonEvents events;
    private final Identities identities;
    private final List<PersonListener> listeners;

    PersonSteps(PersonStore store, PersonEvents events, Identities identities, @All List<PersonListener> listeners) {
        this.store = store;
        this.events = events;
        this.identities = identities;
        this.listeners = listeners;
    }

    /** Writes a changed person and tells everybody. */
    Uni<UUID> refresh(SqlConnection tx, PersonRow row) {
        return settle(tx, row)
                .call(now -> events.changed(tx, now))
                .call(now -> each(listener -> listener.personUpdated(tx, now)))
                .map(PersonSnapshot::id);
    }

    /** Writes the golden record of the identities that are linked now, as the next version. */
    Uni<PersonSnapshot> settle(SqlConnection tx, PersonRow row) {
        return store.linksOfPersons(tx, List.of(row.id()))
                .chain(links -> identities.load(tx, identitiesOf(links)).chain(told -> {
                    PersonRow now = row.changed(GoldenRecordPolicy.of(told));
                    return store.update(tx, now).replaceWith(snapshot(now, links, told));
                }));
    }

    /** A person as its row and its links are now. */
    Uni<PersonSnapshot> withIdentities(SqlClient client, PersonRow row) {
        return withIdentities(client, List.of(row)).map(one -> one.get(0));
    }

    /** Persons as their rows and their links are now. */
    Uni<List<PersonSnapshot>> withIdentities(SqlClient client, List<PersonRow> rows) {
        List<UUID> persons = rows.stream().map(PersonRow::id).toList();
        return store.linksOfPersons(client, persons)
                .chain(links -> identities.load(client, identitiesOf(links)).map(told -> rows.stream()
                        .map(row -> snapshot(row, of(row, links), told))
                        .toList()));
    }

    private static List<LinkRow> of(PersonRow person, List<LinkRow> links) {
        return links.stream().filter(link -> link.person().equals(person.id())).toList();
    }

    /** The person that an id leads to, locked; 404 when the id was never given. */
    Uni<PersonRow> lockCurrent(SqlConnection tx, UUID person) {
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

    /** Two persons in use, locked; 404 when an id was never given, 409 when one is merged away. */
    Uni<Map<UUID, PersonRow>> lockBoth(SqlConnection tx, UUID one, UUID other) {
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

    /** Calls the listeners, one after the other. */
    Uni<Void> each(Function<PersonListener, Uni<Void>> call) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (PersonListener listener : listeners) {
            all = all.chain(() -> call.apply(listener));
        }
        return all;
    }

    static List<UUID> identitiesOf(List<LinkRow> links) {
        return links.stream().map(LinkRow::identity).toList();
    }

    static PersonSnapshot snapshot(PersonRow row, List<LinkRow> links, List<Identity> told) {
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
