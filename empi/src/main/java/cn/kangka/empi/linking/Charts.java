package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.LinkDecision;
import cn.kangka.empi.person.Persons;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Joins and parts two charts of one source; what its registrar says counts as a human's decision. */
@ApplicationScoped
class Charts {
    private final Identities identities;
    private final Persons persons;

    Charts(Identities identities, Persons persons) {
        this.identities = identities;
        this.persons = persons;
    }

    /** The second chart's id is retired: it leads to the first, and belongs to the first one's person. */
    Uni<Linked> merge(SqlConnection tx, String event, Linked first, Identity second) {
        if (second.isRetired()) {
            return second.replacedBy().equals(first.identity())
                    ? Uni.createFrom().item(first)
                    : Uni.createFrom()
                            .failure(new LinkingRefusedException(Hl7Refusal.error(
                                    Hl7Refusal.UNKNOWN_KEY, "MRG^1^1^1^1", "it was merged into another one before")));
        }
        return identities
                .change(tx, second, List.of(), second.retired(first.identity()), List.of())
                .chain(() -> bringTogether(tx, event, first, second));
    }

    /** Both charts belong to one person from now on. */
    Uni<Linked> link(SqlConnection tx, String event, Linked first, Identity second) {
        return bringTogether(tx, event, first, second);
    }

    /** The second chart is somebody else; nothing to do when it is already. */
    Uni<Linked> unlink(SqlConnection tx, String event, Linked first, Identity second) {
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
        return LinkDecision.manual("ADT^" + event, null, "hospital");
    }
}
