package cn.kangka.empi.person;

import cn.kangka.empi.identity.Identity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Front door of persons for loads: makes many and lets many grow in a handful of statements. Nobody is told; who loads
 * asks for a snapshot afterwards ({@link Snapshots}).
 */
@ApplicationScoped
public class PersonsInBulk {
    private final PersonStore store;
    private final PersonSteps steps;

    public PersonsInBulk(PersonStore store, PersonSteps steps) {
        this.store = store;
        this.steps = steps;
    }

    /**
     * A person as it was when somebody looked.
     *
     * @param version 0 for one that is made now
     */
    public record Known(UUID id, long version, boolean suspect) {}

    /** An identity that comes to a person. */
    public record Newcomer(UUID identity, LinkDecision decision) {}

    /**
     * What is done to a person.
     *
     * @param all the identities that it has then, those that come last
     */
    public record Growth(Known person, List<Identity> all, List<Newcomer> newcomers) {}

    /** The persons of these ids. */
    public Uni<List<Known>> known(SqlClient client, Collection<UUID> persons) {
        return persons.isEmpty() ? Uni.createFrom().item(List.of()) : store.known(client, persons, false);
    }

    /**
     * Locks the persons that are to grow until the end of the transaction.
     *
     * @return false when somebody changed one of them since: then it has to be decided anew
     */
    public Uni<Boolean> hold(SqlConnection tx, List<Growth> all) {
        Set<Known> before = all.stream()
                .map(Growth::person)
                .filter(person -> person.version() > 0)
                .collect(Collectors.toSet());
        Set<UUID> ids = before.stream().map(Known::id).collect(Collectors.toSet());
        return ids.isEmpty()
                ? Uni.createFrom().item(true)
                : store.known(tx, ids, true).map(now -> new HashSet<>(now).equals(before));
    }

    /** Writes it all; the persons are held. */
    public Uni<Void> grow(SqlConnection tx, List<Growth> all) {
        Map<Boolean, List<Growth>> made = all.stream()
                .collect(Collectors.partitioningBy(each -> each.person().version() == 0));
        List<UUID> fresh =
                made.get(true).stream().map(each -> each.person().id()).toList();
        return store.insertAll(tx, made.get(true))
                .chain(() -> store.updateAll(tx, made.get(false)))
                .chain(() -> store.linkAll(tx, all))
                .chain(() -> fresh.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : steps.each(listener -> listener.personsLoaded(tx, fresh)));
    }
}
