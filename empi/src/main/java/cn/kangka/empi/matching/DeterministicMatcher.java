package cn.kangka.empi.matching;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Certain rules only: an id of a domain that links by itself, or the same document with the same name and birth date.
 * Vetoed when the cluster would hold two different valid resident ids, or when a nameless newborn would join by papers
 * that may be the mother's. Among several persons the oldest wins, so that the answer does not depend on order.
 */
public final class DeterministicMatcher implements Matcher {
    public static final String DECISIVE_ID = "decisive-id";
    public static final String DOCUMENT_NAME_BIRTH = "document-name-birth";

    @Override
    public Decision decide(Features subject, List<Features> candidates) {
        Map<UUID, List<Features>> clusters = candidates.stream()
                .filter(candidate -> candidate.person() != null)
                .filter(candidate -> !candidate.identity().equals(subject.identity()))
                .collect(Collectors.groupingBy(Features::person, LinkedHashMap::new, Collectors.toList()));
        return clusters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(UUID::toString)))
                .filter(cluster -> !isVetoed(subject, cluster.getValue()))
                .map(cluster -> inCluster(subject, cluster.getKey(), cluster.getValue()))
                .filter(Objects::nonNull)
                .min(Comparator.comparing((Decision.Same same) -> same.rule()))
                .<Decision>map(same -> same)
                .orElseGet(Decision.Different::new);
    }

    private static Decision.Same inCluster(Features subject, UUID person, List<Features> members) {
        for (Features member : members) {
            if (shares(subject.decisiveIds(), member.decisiveIds())) {
                return new Decision.Same(person, 1, DECISIVE_ID, member.identity());
            }
        }
        for (Features member : members) {
            if (agreesOnPapers(subject, member)) {
                return new Decision.Same(person, 1, DOCUMENT_NAME_BIRTH, member.identity());
            }
        }
        return null;
    }

    private static boolean agreesOnPapers(Features one, Features other) {
        return !one.newborn()
                && !other.newborn()
                && !one.name().isEmpty()
                && one.name().equals(other.name())
                && one.birth() != null
                && one.birth().equals(other.birth())
                && shares(one.documents(), other.documents());
    }

    private static boolean isVetoed(Features subject, List<Features> members) {
        Set<String> residentIds = new HashSet<>(subject.residentIds());
        members.forEach(member -> residentIds.addAll(member.residentIds()));
        return residentIds.size() > 1;
    }

    private static boolean shares(Set<String> one, Set<String> other) {
        return one.stream().anyMatch(other::contains);
    }
}
