package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.person.LinkDecision;
import cn.kangka.empi.person.LinkRow;
import cn.kangka.empi.person.Member;
import cn.kangka.empi.person.PersonsInBulk.Growth;
import cn.kangka.empi.person.PersonsInBulk.Known;
import cn.kangka.empi.person.PersonsInBulk.Newcomer;
import cn.kangka.kit.id.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The part of the index that a batch touches, in memory, with what the batch has added so far. */
final class Growing {
    private static final LinkDecision FIRST = LinkDecision.rule("first", 1);

    private final Function<Identity, PreparedRecord> prepare;
    private final Map<Long, List<UUID>> underKey;
    private final Map<UUID, Cluster> byIdentity = new HashMap<>();
    private final Map<UUID, Identity> identities = new HashMap<>();
    private final Set<List<UUID>> apart;
    private final Map<UUID, PreparedRecord> prepared = new HashMap<>();
    private final Map<UUID, Cluster> touched = new LinkedHashMap<>();

    private static final class Cluster {
        private final Known person;
        private final List<Member> members = new ArrayList<>();
        private final List<Newcomer> newcomers = new ArrayList<>();

        Cluster(Known person) {
            this.person = person;
        }
    }

    /**
     * @param underKey the identities under each key that is looked up, oldest first
     * @param apart pairs that a human said are two
     */
    Growing(
            Function<Identity, PreparedRecord> prepare,
            Map<Long, List<UUID>> underKey,
            Set<List<UUID>> apart,
            List<Member> members,
            Collection<Known> persons) {
        this.prepare = prepare;
        this.underKey = underKey;
        this.apart = apart;
        Map<UUID, Cluster> byPerson = new HashMap<>();
        persons.forEach(person -> byPerson.put(person.id(), new Cluster(person)));
        for (Member member : members) {
            add(byPerson.get(member.link().person()), member);
        }
    }

    private void add(Cluster cluster, Member member) {
        cluster.members.add(member);
        byIdentity.put(member.identity().id(), cluster);
        identities.put(member.identity().id(), member.identity());
    }

    /** Everybody who is one human with one of those. */
    List<Member> clusters(Set<UUID> ofIdentities) {
        Set<Cluster> clusters = new LinkedHashSet<>();
        ofIdentities.forEach(identity -> clusters.add(byIdentity.get(identity)));
        clusters.remove(null);
        return clusters.stream().flatMap(cluster -> cluster.members.stream()).toList();
    }

    PreparedRecord prepared(Identity identity) {
        return prepared.computeIfAbsent(identity.id(), id -> prepare.apply(identity));
    }

    Set<List<UUID>> apart() {
        return apart;
    }

    /** The row's patient is one that is there, or a person of its own. */
    void come(Batch.Row row, Decision decision) {
        if (decision.joins().isEmpty()) {
            come(row, new Cluster(new Known(Ids.next(), 0, false)), FIRST);
        } else {
            Decision.Join join = decision.joins().get(0);
            come(row, byIdentity.get(join.with()), LinkDecision.rule(join.rule(), join.probability()));
        }
    }

    private void come(Batch.Row row, Cluster cluster, LinkDecision decision) {
        Identity identity = row.draft();
        add(cluster, new Member(identity, new LinkRow(identity.id(), cluster.person.id(), 1, false, decision.rule())));
        cluster.newcomers.add(new Newcomer(identity.id(), decision));
        touched.put(cluster.person.id(), cluster);
        prepared.put(identity.id(), row.record());
        row.numbers().values().forEach(key -> underKey.computeIfAbsent(key, each -> new ArrayList<>())
                .add(identity.id()));
    }

    /** What happened to persons. */
    List<Growth> growths() {
        return touched.values().stream()
                .map(cluster -> new Growth(
                        cluster.person,
                        cluster.members.stream().map(Member::identity).toList(),
                        cluster.newcomers))
                .toList();
    }

    /** Source and local id of an identity, for a report. */
    String told(UUID id) {
        return told(identities.get(id));
    }

    static String told(Identity identity) {
        return identity.source() + "|" + identity.localId();
    }

    /** The identities under a key of a row, oldest first. */
    Function<IdentityKey, List<UUID>> of(Batch.Row row) {
        return key -> underKey.getOrDefault(row.numbers().get(key), List.of());
    }
}
