package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.person.Member;
import cn.kangka.empi.person.Persons;
import cn.kangka.kit.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who somebody may be of whom a caller knows something (IHE PDQm ITI-119): the same candidates and the same decision as for a
 * registration, and nothing is stored.
 */
@ApplicationScoped
public class PatientMatch {
    private final Models models;
    private final Candidates candidates;
    private final CertainRules certain;
    private final Persons persons;
    private final LinkingConfig config;
    private final Clock clock;

    PatientMatch(
            Models models,
            Candidates candidates,
            CertainRules certain,
            Persons persons,
            LinkingConfig config,
            Clock clock) {
        this.models = models;
        this.candidates = candidates;
        this.certain = certain;
        this.persons = persons;
        this.config = config;
        this.clock = clock;
    }

    /** Persons that it may be, the likeliest first. */
    public Uni<List<Match>> find(SqlClient client, PatientDemographics patient) {
        Identity somebody = new Identity(Ids.next(), null, "", false, null, 1, clock.instant(), patient, null);
        return candidates
                .find(client, models.engine(), somebody)
                .chain(found -> found.identities().isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : persons.clusters(client, found.identities()).chain(members -> apart(client, members)
                                .map(apart -> matches(somebody, found, members, apart))));
    }

    /** What a human said matters between persons only. */
    private Uni<Set<List<UUID>>> apart(SqlClient client, List<Member> members) {
        long several = members.stream()
                .map(member -> member.link().person())
                .distinct()
                .count();
        return several < 2
                ? Uni.createFrom().item(Set.of())
                : persons.apart(
                        client,
                        members.stream().map(member -> member.identity().id()).collect(Collectors.toSet()));
    }

    private List<Match> matches(Identity somebody, Lookup.Found found, List<Member> members, Set<List<UUID>> apart) {
        return new Decider(
                        models.engine(),
                        certain,
                        config.moveMargin(),
                        somebody,
                        found.subject(),
                        members,
                        apart,
                        models.engine()::prepare)
                .matches();
    }
}
