package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.ResidentId;
import cn.kangka.empi.person.LinkDecision;
import cn.kangka.empi.person.LinkRow;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * Two persons become one, because one human's charts lay in both; when they carry two different valid resident ids,
     * only this chart moves.
     */
    private Uni<Linked> bringTogether(SqlConnection tx, String event, Linked first, Identity second) {
        return persons.linkOf(tx, second.id())
                .chain(link -> link.person().equals(first.person())
                        ? persons.refresh(tx, first.person())
                        : persons.snapshot(tx, first.person()).chain(one -> persons.snapshot(tx, link.person())
                                .chain(other -> join(tx, event, one, other, link))))
                .map(person -> new Linked(first.identity(), person, first.localId()));
    }

    private Uni<UUID> join(SqlConnection tx, String event, PersonSnapshot one, PersonSnapshot other, LinkRow link) {
        boolean contradictory = Stream.concat(residentIds(one), residentIds(other))
                        .collect(Collectors.toSet())
                        .size()
                > 1;
        return contradictory && other.identities().size() > 1
                ? persons.move(tx, link.identity(), one.id(), decision(event))
                : mergeIntoOlder(tx, event, one.id(), other.id());
    }

    /** The enterprise id that has been out longer stays, so that fewer ids change for everybody else. */
    private Uni<UUID> mergeIntoOlder(SqlConnection tx, String event, UUID one, UUID other) {
        return one.toString().compareTo(other.toString()) < 0
                ? persons.merge(tx, one, other, decision(event))
                : persons.merge(tx, other, one, decision(event));
    }

    private static Stream<String> residentIds(PersonSnapshot person) {
        return person.documents().stream()
                .filter(document -> document.type() == DocumentType.RESIDENT_ID)
                .map(document -> document.number())
                .filter(ResidentId::isValid);
    }

    private static LinkDecision decision(String event) {
        return LinkDecision.manual("ADT^" + event, null, "hospital");
    }
}
