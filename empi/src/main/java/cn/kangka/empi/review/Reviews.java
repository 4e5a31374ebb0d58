package cn.kangka.empi.review;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.LinkDecision;
import cn.kangka.empi.person.Member;
import cn.kangka.empi.person.PersonHistory;
import cn.kangka.empi.person.PersonUndo;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.review.ReviewRequests.Order;
import cn.kangka.empi.review.ReviewRequests.Queue;
import cn.kangka.empi.review.ReviewTask.State;
import cn.kangka.empi.review.ReviewViews.Glance;
import cn.kangka.empi.review.ReviewViews.Item;
import cn.kangka.empi.review.ReviewViews.Outcome;
import cn.kangka.empi.review.ReviewViews.Pair;
import cn.kangka.empi.review.ReviewViews.Side;
import cn.kangka.empi.review.ReviewViews.Statistics;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.masking.Masks;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.page.TextCursor;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What registrars do with doubtful pairs. A decision is a human's: no rule changes it ever after. */
@ApplicationScoped
public class Reviews {
    private static final String RULE = "review";

    private final Database database;
    private final ReviewStore store;
    private final PairEvidence evidence;
    private final Identities identities;
    private final Persons persons;
    private final PersonHistory history;
    private final PersonUndo undo;
    private final Outbox outbox;
    private final Audit audit;

    public Reviews(
            Database database,
            ReviewStore store,
            PairEvidence evidence,
            Identities identities,
            Persons persons,
            PersonHistory history,
            PersonUndo undo,
            Outbox outbox,
            Audit audit) {
        this.database = database;
        this.store = store;
        this.evidence = evidence;
        this.identities = identities;
        this.persons = persons;
        this.history = history;
        this.undo = undo;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** A page of the queue, masked. */
    public Uni<Page<Item>> list(Queue queue, Order order, int limit, TextCursor after) {
        return database.read(client -> tasks(client, queue, order, limit + 1, after)
                .map(tasks -> Page.ofTexts(tasks, limit, task -> cursor(task, queue, order)))
                .chain(page -> glances(client, page.items()).map(known -> page.map(task -> item(task, known)))));
    }

    private Uni<List<ReviewTask>> tasks(SqlClient client, Queue queue, Order order, int limit, TextCursor after) {
        return queue == Queue.DECIDED
                ? store.decided(client, limit, after)
                : store.waiting(client, State.valueOf(queue.name()), order, limit, after);
    }

    private static TextCursor cursor(ReviewTask task, Queue queue, Order order) {
        String id = task.id().toString();
        if (queue == Queue.DECIDED) {
            return new TextCursor(task.decidedAt().toString(), id);
        }
        return order == Order.probability
                ? new TextCursor(Double.toString(task.probability()), id)
                : new TextCursor(task.createdAt().toString(), id);
    }

    private Uni<Map<UUID, Glance>> glances(SqlClient client, List<ReviewTask> tasks) {
        Set<UUID> all = tasks.stream()
                .flatMap(task -> Stream.of(task.one(), task.other()))
                .collect(Collectors.toSet());
        return identities.load(client, all).map(told -> told.stream()
                .collect(Collectors.toMap(
                        Identity::id,
                        each -> new Glance(
                                each.source(), Masks.name(each.demographics().name())))));
    }

    private static Item item(ReviewTask task, Map<UUID, Glance> known) {
        return new Item(
                task.id(),
                task.state().name(),
                task.probability(),
                task.veto(),
                task.createdAt(),
                task.decidedAt(),
                task.decidedBy(),
                known.get(task.one()),
                known.get(task.other()));
    }

    /** Both records in full, and why they may be one human. 404 when there is no such task. Audited. */
    public Uni<Pair> read(UUID id, String by) {
        return database.write(
                tx -> found(store.find(tx, id)).chain(task -> persons.clusters(tx, List.of(task.one(), task.other()))
                        .map(members -> pair(task, members))
                        .call(pair -> audited(tx, by, "review.read", pair.one().person(), task))
                        .call(pair -> pair.onePerson()
                                ? Uni.createFrom().voidItem()
                                : audited(tx, by, "review.read", pair.other().person(), task))));
    }

    private Pair pair(ReviewTask task, List<Member> members) {
        Map<UUID, Member> byIdentity = members.stream()
                .collect(Collectors.toMap(member -> member.identity().id(), Function.identity()));
        Member one = byIdentity.get(task.one());
        Member other = byIdentity.get(task.other());
        return new Pair(
                task.id(),
                task.state().name(),
                task.createdAt(),
                task.decidedAt(),
                task.decidedBy(),
                task.reason(),
                task.seconds(),
                one.link().person().equals(other.link().person()),
                side(one, members),
                side(other, members),
                evidence.of(one.identity(), other.identity()));
    }

    private static Side side(Member member, List<Member> members) {
        Identity identity = member.identity();
        long all = members.stream()
                .filter(each -> each.link().person().equals(member.link().person()))
                .count();
        return new Side(
                identity.id(),
                member.link().person(),
                identity.source(),
                identity.localId(),
                identity.toldAt(),
                identity.provisional(),
                identity.demographics().name(),
                identity.demographics().sex().name(),
                identity.demographics().birth(),
                identity.demographics().documents(),
                identity.demographics().phones(),
                identity.demographics().address(),
                (int) all - 1);
    }

    /** A registrar decides. 404 when there is no such task, 409 when it is decided already. */
    public Uni<Outcome> decide(UUID id, ReviewRequests.Decision decision) {
        return database.write(tx -> found(store.lock(tx, id)).chain(task -> {
                    if (!task.state().waits()) {
                        throw Problems.of(409, "review-decided");
                    }
                    return follow(tx, task, decision)
                            .call(now -> store.update(tx, now))
                            .call(now -> auditedBoth(tx, decision.by(), "review.decide", now));
                }))
                .invoke(this::wake)
                .map(now -> new Outcome(now.state().name(), now.event()));
    }

    private Uni<ReviewTask> follow(SqlConnection tx, ReviewTask task, ReviewRequests.Decision decision) {
        LinkDecision human = LinkDecision.manual(RULE, decision.reason(), decision.by());
        return switch (decision.decision()) {
            case LATER -> Uni.createFrom().item(task.decided(State.LATER, decision, null));
            case SAME ->
                persons.linkOf(tx, task.one()).chain(one -> persons.linkOf(tx, task.other())
                        .chain(other -> persons.unite(tx, task.one(), task.other(), human)
                                .chain(person -> one.person().equals(other.person())
                                        ? Uni.createFrom().<UUID>nullItem()
                                        : history.last(tx, person)))
                        .map(event -> task.decided(State.SAME, decision, event)));
            case DIFFERENT -> part(tx, task, human).map(event -> task.decided(State.DIFFERENT, decision, event));
        };
    }

    /** Two persons stay two for ever; of one person, the record that was told last leaves. */
    private Uni<UUID> part(SqlConnection tx, ReviewTask task, LinkDecision human) {
        return persons.linkOf(tx, task.one()).chain(one -> persons.linkOf(tx, task.other())
                .chain(other -> one.person().equals(other.person())
                        ? identities
                                .load(tx, List.of(task.one(), task.other()))
                                .map(told -> told.stream()
                                        .max(Comparator.comparing(Identity::toldAt))
                                        .orElseThrow())
                                .chain(last -> persons.split(tx, one.person(), Set.of(last.id()), human))
                                .chain(fresh -> history.last(tx, fresh))
                        : persons.keepApart(tx, List.of(task.one()), List.of(task.other()))
                                .replaceWith((UUID) null)));
    }

    /** A registrar takes a decision back: the task is open again. 409 when it waits, or later events stand in the way. */
    public Uni<Outcome> undo(UUID id, String by) {
        return database.write(tx -> found(store.lock(tx, id)).chain(task -> {
                    if (task.state() == State.OPEN || task.state() == State.SETTLED) {
                        throw Problems.of(409, "undo-impossible");
                    }
                    return takeBack(tx, task, LinkDecision.manual(RULE, null, by))
                            .chain(() -> store.update(tx, task.reopened()))
                            .call(() -> auditedBoth(tx, by, "review.undo", task));
                }))
                .invoke(() -> wake(null))
                .replaceWith(new Outcome(State.OPEN.name(), null));
    }

    private Uni<Void> takeBack(SqlConnection tx, ReviewTask task, LinkDecision human) {
        if (task.event() != null) {
            return undo.undo(tx, task.event(), human).replaceWithVoid();
        }
        return task.state() == State.DIFFERENT
                ? persons.allowTogether(tx, List.of(task.one()), List.of(task.other()))
                : Uni.createFrom().voidItem();
    }

    /** How long the queue is, and how long a decision takes. */
    public Uni<Statistics> statistics() {
        return store.statistics(database.pool());
    }

    private static Uni<ReviewTask> found(Uni<ReviewTask> task) {
        return task.onItem().ifNull().failWith(Problems::notFound);
    }

    private void wake(ReviewTask decided) {
        outbox.wake("api");
        outbox.wake("hospital:");
    }

    private Uni<Void> auditedBoth(SqlConnection tx, String by, String action, ReviewTask task) {
        return persons.linksOf(tx, List.of(task.one(), task.other())).chain(links -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (UUID person : links.stream().map(link -> link.person()).collect(Collectors.toSet())) {
                all = all.chain(() -> audited(tx, by, action, person, task));
            }
            return all;
        });
    }

    private Uni<Void> audited(SqlConnection tx, String by, String action, UUID person, ReviewTask task) {
        return audit.record(
                tx,
                AuditEntry.allowed("REGISTRAR", by, action, person, task.id().toString())
                        .because(task.reason()));
    }
}
