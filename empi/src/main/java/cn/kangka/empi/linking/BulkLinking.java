package cn.kangka.empi.linking;

import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.linking.Batch.Row;
import cn.kangka.empi.linking.Outcome.Kind;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.person.Member;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.person.PersonsInBulk;
import cn.kangka.empi.person.PersonsInBulk.Growth;
import cn.kangka.empi.review.Doubt;
import cn.kangka.empi.review.ReviewTasks;
import cn.kangka.kit.id.Ids;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Links many rows in a handful of statements, to the result that registering them one after the other has: the same
 * candidates, the same decisions. Those that change what was there (told anew with other data, or joining two persons)
 * are registered one by one, after the others of their batch.
 */
@ApplicationScoped
public class BulkLinking {
    private final Linking linking;
    private final Locks locks;
    private final Identities identities;
    private final Persons persons;
    private final PersonsInBulk bulk;
    private final Models models;
    private final Candidates candidates;
    private final CertainRules certain;
    private final ReviewTasks tasks;
    private final Shadow shadow;
    private final LinkingConfig config;

    BulkLinking(
            Linking linking,
            Locks locks,
            Identities identities,
            Persons persons,
            PersonsInBulk bulk,
            Models models,
            Candidates candidates,
            CertainRules certain,
            ReviewTasks tasks,
            Shadow shadow,
            LinkingConfig config) {
        this.linking = linking;
        this.locks = locks;
        this.identities = identities;
        this.persons = persons;
        this.bulk = bulk;
        this.models = models;
        this.candidates = candidates;
        this.certain = certain;
        this.tasks = tasks;
        this.shadow = shadow;
        this.config = config;
    }

    /** The columns of a file of patients, the first one needed. */
    public static List<String> columns() {
        return PatientRows.COLUMNS;
    }

    /**
     * Reads rows; looks at no index.
     *
     * @param at when the source said so
     */
    public Batch prepare(Source source, List<Batch.Line> lines, Instant at) {
        List<Row> rows = new ArrayList<>();
        List<Outcome> rejected = new ArrayList<>();
        for (Batch.Line line : lines) {
            PatientRows.Reading reading = PatientRows.read(source, line.column());
            if (reading.told() == null) {
                rejected.add(Outcome.rejected(line.number(), line.column().apply("id"), reading.remarks()));
            } else {
                rows.add(row(source, line.number(), reading, at));
            }
        }
        return new Batch(source, at, rows, rejected);
    }

    private Row row(Source source, long line, PatientRows.Reading reading, Instant at) {
        Told told = reading.told();
        Identity draft =
                new Identity(Ids.next(), source.id(), told.localId(), false, null, 1, at, told.patient(), told.pid());
        Engine engine = models.engine();
        PreparedRecord record = engine.prepare(draft);
        Lookup lookup = candidates.lookup(engine, draft, record);
        Map<IdentityKey, Long> numbers = new LinkedHashMap<>();
        lookup.most().keySet().forEach(key -> numbers.put(key, identities.hash(key)));
        Set<Long> keys = new HashSet<>(numbers.values());
        Stream.concat(draft.keys().stream(), models.shadow().stream().flatMap(each -> each.keys(draft).stream()))
                .filter(key -> !numbers.containsKey(key))
                .forEach(key -> keys.add(identities.hash(key)));
        return new Row(line, told, reading.remarks(), draft, record, lookup, keys, numbers);
    }

    /** Links the rows of a batch; keeps everybody else from registering until the transaction ends. */
    public Uni<List<Outcome>> link(SqlConnection tx, Batch batch) {
        List<String> localIds =
                batch.rows().stream().map(row -> row.told().localId()).toList();
        return locks.alone(tx)
                .chain(() -> identities.findAll(tx, batch.source().id(), localIds))
                .chain(known -> link(tx, batch, known));
    }

    private Uni<List<Outcome>> link(SqlConnection tx, Batch batch, List<Identity> known) {
        Map<String, Identity> byLocalId = known.stream().collect(Collectors.toMap(Identity::localId, each -> each));
        List<Outcome> outcomes = new ArrayList<>(batch.rejected());
        List<Row> fresh = new ArrayList<>();
        List<Row> others = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Row row : batch.rows()) {
            Identity before = byLocalId.get(row.told().localId());
            if (before == null && seen.add(row.told().localId())) {
                fresh.add(row);
            } else if (before != null && isAsBefore(row, before)) {
                outcomes.add(Outcome.of(row, Kind.UNCHANGED));
            } else {
                others.add(row);
            }
        }
        return linkFresh(tx, batch, fresh, others)
                .invoke(outcomes::addAll)
                .chain(() -> each(others, row -> linkOne(tx, batch, row)))
                .invoke(outcomes::addAll)
                .map(ignored -> outcomes.stream()
                        .sorted(Comparator.comparingLong(Outcome::line))
                        .toList());
    }

    private static boolean isAsBefore(Row row, Identity before) {
        return !before.isRetired()
                && !before.provisional()
                && (row.draft().toldAt().isBefore(before.toldAt())
                        || row.told()
                                .patient()
                                .over(before.demographics(), row.told().deleted())
                                .equals(before.demographics()));
    }

    /**
     * Links those that nobody has seen before.
     *
     * @param others where those go that have to be registered by themselves
     */
    private Uni<List<Outcome>> linkFresh(SqlConnection tx, Batch batch, List<Row> fresh, List<Row> others) {
        return fresh.isEmpty()
                ? Uni.createFrom().item(List.of())
                : look(tx, batch, fresh).chain(growing -> {
                    List<Row> alone = new ArrayList<>();
                    Decided decided = decide(growing, fresh, alone);
                    return bulk.hold(tx, decided.growths())
                            .chain(held -> held
                                    ? write(tx, batch, decided)
                                            .invoke(() -> others.addAll(alone))
                                            .replaceWith(decided.outcomes())
                                    : linkFresh(tx, batch, fresh, others));
                });
    }

    /** All that may matter to these rows. */
    private Uni<Growing> look(SqlConnection tx, Batch batch, List<Row> rows) {
        return candidates
                .under(tx, batch.wanted().keys(), batch.wanted().most())
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(found -> {
                    Set<UUID> all = new HashSet<>();
                    rows.forEach(row -> all.addAll(row.lookup()
                            .among(key -> found.getOrDefault(row.numbers().get(key), List.of()), pass -> {})
                            .identities()));
                    return look(tx, new HashMap<>(found), all);
                });
    }

    private Uni<Growing> look(SqlConnection tx, Map<Long, List<UUID>> under, Set<UUID> all) {
        Function<Identity, PreparedRecord> prepare = models.engine()::prepare;
        if (all.isEmpty()) {
            return Uni.createFrom().item(new Growing(prepare, under, Set.of(), List.of(), List.of()));
        }
        return persons.clusters(tx, all)
                .chain(members -> bulk.known(tx, personsOf(members))
                        .chain(known -> persons.apart(tx, identitiesOf(members))
                                .map(apart -> new Growing(prepare, under, apart, members, known))))
                .emitOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Set<UUID> personsOf(List<Member> members) {
        return members.stream().map(member -> member.link().person()).collect(Collectors.toSet());
    }

    private static Set<UUID> identitiesOf(List<Member> members) {
        return members.stream().map(member -> member.identity().id()).collect(Collectors.toSet());
    }

    /** What was decided of the rows of a batch. */
    private record Decided(List<Row> taken, List<Growth> growths, List<Doubt> doubts, List<Outcome> outcomes) {}

    /**
     * @param alone where those go that join two persons
     */
    private Decided decide(Growing growing, List<Row> rows, List<Row> alone) {
        List<Row> taken = new ArrayList<>();
        List<Doubt> doubts = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Row row : rows) {
            Lookup.Found found = row.lookup().among(growing.of(row), candidates::oversized);
            Decision decision = new Decider(
                            models.engine(),
                            certain,
                            config.moveMargin(),
                            row.draft(),
                            found.subject(),
                            growing.clusters(found.identities()),
                            growing.apart(),
                            growing::prepared)
                    .decide(null);
            if (decision.joins().size() > 1) {
                alone.add(row);
            } else {
                growing.come(row, decision);
                taken.add(row);
                doubts.addAll(decision.doubts());
                outcomes.add(outcome(row, row.draft().id(), decision, Kind.MADE, growing::told));
            }
        }
        return new Decided(taken, growing.growths(), doubts, outcomes);
    }

    private static Outcome outcome(
            Row row, UUID identity, Decision decision, Kind otherwise, Function<UUID, String> told) {
        List<String> asks = decision.doubts().stream()
                .map(doubt -> told.apply(doubt.one().equals(identity) ? doubt.other() : doubt.one()))
                .toList();
        Decision.Join join =
                decision.joins().isEmpty() ? null : decision.joins().get(0);
        Kind kind = join != null && otherwise == Kind.MADE
                ? Kind.LINKED
                : !asks.isEmpty() && otherwise == Kind.MADE ? Kind.REVIEW : otherwise;
        return new Outcome(
                row.line(),
                row.told().localId(),
                kind,
                join == null ? null : told.apply(join.with()),
                join == null ? null : join.probability(),
                join == null ? null : join.rule(),
                asks,
                row.remarks());
    }

    private Uni<Void> write(SqlConnection tx, Batch batch, Decided decided) {
        if (decided.taken().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Identity> fresh = decided.taken().stream().map(Row::draft).toList();
        return identities
                .addAll(tx, batch.source().id(), fresh, batch.keysOf(decided.taken()))
                .chain(() -> bulk.grow(tx, decided.growths()))
                .chain(() -> tasks.open(tx, decided.doubts(), models.engine().version()))
                .chain(() -> shadow.told(tx, fresh.stream().map(Identity::id).toList()));
    }

    /** Like a message that told of it. */
    private Uni<Outcome> linkOne(SqlConnection tx, Batch batch, Row row) {
        return identities
                .find(tx, batch.source().id(), row.told().localId())
                .chain(before -> linking.registeredAlone(tx, batch.source(), row.told(), batch.at())
                        .chain(done -> outcome(tx, row, before == null ? Kind.MADE : Kind.CHANGED, done)))
                .onFailure(LinkingRefusedException.class)
                .recoverWithItem(refused ->
                        Outcome.rejected(row.line(), row.told().localId(), List.of("id: " + refused.getMessage())));
    }

    private Uni<Outcome> outcome(SqlConnection tx, Row row, Kind otherwise, Linking.Registered done) {
        Decision decision = done.decision();
        if (decision == null) {
            return Uni.createFrom().item(Outcome.of(row, otherwise == Kind.CHANGED ? Kind.CHANGED : otherwise));
        }
        List<UUID> named = Stream.concat(
                        decision.joins().stream().map(Decision.Join::with),
                        decision.doubts().stream().flatMap(doubt -> Stream.of(doubt.one(), doubt.other())))
                .distinct()
                .toList();
        return identities.load(tx, named).map(some -> {
            Map<UUID, Identity> byId = some.stream().collect(Collectors.toMap(Identity::id, each -> each));
            return outcome(row, done.linked().identity(), decision, otherwise, id -> Growing.told(byId.get(id)));
        });
    }

    private static <T, R> Uni<List<R>> each(Collection<T> some, Function<T, Uni<R>> step) {
        return Multi.createFrom()
                .iterable(some)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .asList();
    }
}
