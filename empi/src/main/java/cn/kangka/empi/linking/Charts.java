package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.LinkDecision;
import cn.kangka.empi.person.Persons;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Joins and parts two charts of one source; what its registrar says counts as a human's decision. */
@ApplicationScoped
class Charts {
    private final Identities identities;
    private final Persons persons;
    private final Linking linking;

    Charts(Identities identities, Persons persons, Linking linking) {
        this.identities = identities;
        this.persons = persons;
        this.linking = linking;
    }

    /** What happens to the second of two charts. */
    enum Act {
        /** Its id is retired and leads to the first one. */
        MERGE,
        /** It belongs to the first one's person. */
        LINK,
        /** It leaves the first one's person. */
        UNLINK
    }

    /**
     * What a source tells of two charts of its own.
     *
     * @param event by which it told, as the person's history names it
     * @param first as told with the event
     * @param provisional whether nothing was told of the first but its id
     * @param second local id of the other chart
     * @param location where that stands
     */
    record Pair(Act act, String event, Told first, boolean provisional, String second, String location) {}

    /** Does it. Charts that nobody knows yet come to be, but for LINK and UNLINK the second one must be known. */
    Uni<Linked> act(SqlConnection tx, Source source, Pair pair, Instant at) {
        if (pair.first().localId().equals(pair.second())) {
            throw new LinkingRefusedException(Hl7Refusal.error(
                    Hl7Refusal.DUPLICATE_KEY, pair.location() + "^1^1", "both patients are the same one"));
        }
        return linking.lockCharts(tx, source, List.of(pair.first().localId(), pair.second()))
                .chain(() -> linking.register(tx, source, pair.first(), at, pair.provisional()))
                .chain(first -> second(tx, source, pair, at).chain(second -> act(tx, pair, first, second)));
    }

    private Uni<Identity> second(SqlConnection tx, Source source, Pair pair, Instant at) {
        return identities
                .find(tx, source.id(), pair.second())
                .chain(found -> found == null && pair.act() == Act.MERGE
                        ? linking.register(tx, source, Told.onlyId(pair.second()), at, true)
                                .chain(() -> identities.find(tx, source.id(), pair.second()))
                        : Uni.createFrom().item(found));
    }

    private Uni<Linked> act(SqlConnection tx, Pair pair, Linked first, Identity second) {
        if (second == null) {
            throw new LinkingRefusedException(Hl7Refusal.error(
                    Hl7Refusal.UNKNOWN_KEY, pair.location() + "^1^1", "the patient is not known here"));
        }
        return switch (pair.act()) {
            case MERGE -> merge(tx, pair, first, second);
            case LINK -> bringTogether(tx, pair.event(), first, second);
            case UNLINK -> unlink(tx, pair.event(), first, second);
        };
    }

    private Uni<Linked> merge(SqlConnection tx, Pair pair, Linked first, Identity second) {
        if (second.isRetired()) {
            return second.replacedBy().equals(first.identity())
                    ? Uni.createFrom().item(first)
                    : Uni.createFrom()
                            .failure(new LinkingRefusedException(Hl7Refusal.error(
                                    Hl7Refusal.UNKNOWN_KEY,
                                    pair.location() + "^1^1",
                                    "it was merged into another one before")));
        }
        return identities
                .change(tx, second, List.of(), second.retired(first.identity()), List.of())
                .chain(() -> bringTogether(tx, pair.event(), first, second));
    }

    private Uni<Linked> unlink(SqlConnection tx, String event, Linked first, Identity second) {
        return persons.linkOf(tx, second.id())
                .chain(link -> link.person().equals(first.person())
                        ? persons.split(tx, first.person(), Set.of(second.id()), decision(event))
                        : Uni.createFrom().item(link.person()))
                .replaceWith(first);
    }

    private Uni<Linked> bringTogether(SqlConnection tx, String event, Linked first, Identity second) {
        return persons.unite(tx, first.identity(), second.id(), decision(event))
                .map(person -> new Linked(first.identity(), person, first.localId()));
    }

    private static LinkDecision decision(String event) {
        return LinkDecision.manual(event, null, "hospital");
    }
}
