package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.linking.Difference.Verdict;
import cn.kangka.empi.person.LinkRow;
import cn.kangka.empi.person.Member;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.review.ReviewTasks;
import cn.kangka.empi.review.ReviewTasks.Asked;
import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Lets the shadow model decide on every identity that is there, comes or changes, does nothing about it, and keeps what it
 * would do otherwise than what was done. Works behind the traffic, some identities at a time.
 */
@ApplicationScoped
class Shadow {
    private static final int AT_ONCE = 20;

    private final Models models;
    private final ShadowStore store;
    private final Database database;
    private final Identities identities;
    private final Persons persons;
    private final Candidates candidates;
    private final CertainRules certain;
    private final ReviewTasks tasks;
    private final LinkingConfig config;

    Shadow(
            Models models,
            ShadowStore store,
            Database database,
            Identities identities,
            Persons persons,
            Candidates candidates,
            CertainRules certain,
            ReviewTasks tasks,
            LinkingConfig config) {
        this.models = models;
        this.store = store;
        this.database = database;
        this.identities = identities;
        this.persons = persons;
        this.candidates = candidates;
        this.certain = certain;
        this.tasks = tasks;
        this.config = config;
    }

    /** Identities came or changed. */
    Uni<Void> told(SqlConnection tx, List<UUID> some) {
        return models.shadow().isPresent()
                ? store.ask(tx, some)
                : Uni.createFrom().voidItem();
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> watch() {
        return models.shadow().isEmpty()
                ? Uni.createFrom().voidItem()
                : database.writeWhile(tx -> watchSome(tx, models.shadow().get()));
    }

    /** Whether there may be more. */
    private Uni<Boolean> watchSome(SqlConnection tx, Engine engine) {
        return store.take(tx, AT_ONCE).chain(taken -> identities.load(tx, taken).chain(some -> Multi.createFrom()
                .iterable(some)
                .onItem()
                .transformToUniAndConcatenate(each -> watch(tx, engine, each))
                .collect()
                .last()
                .replaceWith(taken.size() == AT_ONCE)));
    }

    private Uni<Void> watch(SqlConnection tx, Engine engine, Identity subject) {
        return persons.linkOf(tx, subject.id())
                .chain(link -> link == null || link.manual() || subject.isRetired()
                        ? Uni.createFrom().item(List.<Difference>of())
                        : differences(tx, engine, subject, link))
                .chain(found -> store.replace(tx, engine.version(), subject.id(), found));
    }

    private Uni<List<Difference>> differences(SqlConnection tx, Engine engine, Identity subject, LinkRow link) {
        return candidates.find(tx, engine, subject).chain(found -> {
            Set<UUID> looked = new HashSet<>(found.identities());
            looked.add(subject.id());
            return persons.clusters(tx, looked).chain(members -> persons.apart(tx, idsOf(members))
                    .map(apart -> new Decider(
                            engine,
                            certain,
                            config.moveMargin(),
                            subject,
                            found.subject(),
                            members,
                            apart,
                            engine::prepare))
                    .chain(decider -> tasks.asked(tx, subject.id())
                            .map(asked -> differences(subject.id(), decider.decide(link.person()), members, asked))));
        });
    }

    private static List<UUID> idsOf(List<Member> members) {
        return members.stream().map(member -> member.identity().id()).toList();
    }

    private static List<Difference> differences(
            UUID subject, Decision decision, List<Member> members, List<Asked> asked) {
        List<Difference> found = new ArrayList<>();
        decision.joins()
                .forEach(join -> found.add(Difference.of(subject, join.with(), Verdict.JOIN, join.probability())));
        if (decision.move() != null) {
            found.add(Difference.of(
                    subject,
                    decision.move().with(),
                    Verdict.JOIN,
                    decision.move().probability()));
        }
        if (decision.leaves() != null) {
            found.add(Difference.of(
                    subject,
                    decision.leaves().with(),
                    Verdict.PART,
                    decision.leaves().probability()));
        }
        decision.doubts().stream()
                .filter(doubt -> found.stream().noneMatch(each -> each.isAbout(doubt.one(), doubt.other())))
                .filter(doubt -> asked.stream().noneMatch(each -> each.isAbout(doubt.one(), doubt.other())))
                .map(doubt -> new Difference(doubt.one(), doubt.other(), Verdict.REVIEW, doubt.probability()))
                .toList()
                .forEach(found::add);
        Set<UUID> joined = decision.joins().stream().map(Decision.Join::person).collect(Collectors.toSet());
        Set<UUID> settled = members.stream()
                .filter(member -> joined.contains(member.link().person()))
                .map(member -> member.identity().id())
                .collect(Collectors.toSet());
        asked.stream()
                .filter(Asked::waits)
                .filter(each -> !settled.contains(each.one()) && !settled.contains(each.other()))
                .filter(each -> decision.doubts().stream().noneMatch(doubt -> each.isAbout(doubt.one(), doubt.other())))
                .map(each -> new Difference(each.one(), each.other(), Verdict.CLEAR, 0))
                .forEach(found::add);
        return found;
    }
}
