package cn.kangka.empi.reconciliation;

import cn.kangka.empi.hospital.Announcements;
import cn.kangka.empi.hospital.HospitalCopy;
import cn.kangka.empi.hospital.HospitalPost;
import cn.kangka.empi.hospital.HospitalQuery;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.hospital.TrafficConfig;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.LinkRow;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.reconciliation.ReconciliationStore.Open;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.page.TextCursor;
import cn.kangka.kit.problem.Problems;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares hospitals chart by chart, a batch at a time, and goes on after a crash where it was. What differs or is unknown to
 * the hospital is sent at once (A31); who does not answer is given a minute, and the batch comes again.
 */
@ApplicationScoped
class Reconciliations {
    private static final String SCHEDULE = "schedule";
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ReconciliationStore store;
    private final HospitalQuery query;
    private final HospitalPost post;
    private final Announcements announcements;
    private final Identities identities;
    private final Persons persons;
    private final Sources sources;
    private final Database database;
    private final Audit audit;
    private final ReconciliationConfig config;
    private final TrafficConfig traffic;
    private final Clock clock;

    Reconciliations(
            ReconciliationStore store,
            HospitalQuery query,
            HospitalPost post,
            Announcements announcements,
            Identities identities,
            Persons persons,
            Sources sources,
            Database database,
            Audit audit,
            ReconciliationConfig config,
            TrafficConfig traffic,
            Clock clock) {
        this.store = store;
        this.query = query;
        this.post = post;
        this.announcements = announcements;
        this.identities = identities;
        this.persons = persons;
        this.sources = sources;
        this.database = database;
        this.audit = audit;
        this.config = config;
        this.traffic = traffic;
        this.clock = clock;
    }

    /** Begins a run. */
    Uni<Report> begin(String source, String by) {
        if (sources.byId(source).filter(HospitalPost::reaches).isEmpty()) {
            throw Problems.invalid("source", "reconciliation.unreachable");
        }
        UUID id = Ids.next();
        return database.write(tx -> store.begin(tx, id, source, by, now())
                        .invoke(begun -> {
                            if (!begun) {
                                throw Problems.of(409, "reconciliation-open");
                            }
                        })
                        .chain(() -> audit.record(
                                tx, AuditEntry.allowed("STAFF", by, "reconciliation.begin", null, source))))
                .chain(() -> store.report(database.pool(), id));
    }

    Uni<List<Report>> reports(String source, int limit) {
        return store.reports(database.pool(), source, limit);
    }

    Uni<Report> report(UUID run) {
        return store.report(database.pool(), run).onItem().ifNull().failWith(Problems::notFound);
    }

    Uni<Page<Difference>> differences(UUID run, int limit, TextCursor after) {
        UUID last = after.first().isEmpty() ? null : UUID.fromString(after.first());
        return report(run)
                .chain(there -> store.differences(database.pool(), run, last, limit))
                .map(rows -> Page.ofTexts(
                        rows, limit, row -> new TextCursor(row.identity().toString(), "")));
    }

    /** Every subscribing hospital, when it is time. */
    @Scheduled(cron = "${kangka.reconciliation.cron:off}")
    Uni<Void> allHospitals() {
        return Multi.createFrom()
                .iterable(sources.all())
                .filter(source -> source.subscribes() && HospitalPost.reaches(source))
                .onItem()
                .transformToUniAndConcatenate(
                        source -> database.write(tx -> store.begin(tx, Ids.next(), source.id(), SCHEDULE, now())))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Goes on as long as there is something to compare. */
    @Scheduled(every = "1s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return traffic.enabled()
                ? Multi.createBy()
                        .repeating()
                        .uni(this::step)
                        .whilst(more -> more)
                        .collect()
                        .last()
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private Uni<Boolean> step() {
        return database.write(tx -> store.take(tx, now(), config.lease()))
                .chain(run ->
                        run == null ? Uni.createFrom().item(false) : batch(run).replaceWith(true));
    }

    private Uni<Void> batch(Open run) {
        return identities
                .inUse(database.pool(), run.source(), run.reached(), config.batch())
                .chain(charts -> charts.isEmpty()
                        ? database.write(tx -> store.finish(tx, run.id(), now()))
                        : compare(run, charts));
    }

    /** What was found of one chart. */
    private record Found(Identity chart, PersonSnapshot person, HospitalCopy copy) {}

    private Uni<Void> compare(Open run, List<Identity> charts) {
        Source hospital = sources.byId(run.source()).orElseThrow();
        return whose(charts)
                .chain(whose -> Multi.createFrom()
                        .iterable(charts)
                        .onItem()
                        .transformToUniAndConcatenate(
                                chart -> query.compare(hospital, chart.localId(), whose.get(chart.id()))
                                        .map(copy -> new Found(chart, whose.get(chart.id()), copy)))
                        .collect()
                        .asList())
                .chain(found -> settle(run, hospital, found));
    }

    private Uni<Map<UUID, PersonSnapshot>> whose(List<Identity> charts) {
        return database.read(connection -> persons.linksOf(
                        connection, charts.stream().map(Identity::id).toList())
                .chain(links -> persons.snapshots(
                                connection,
                                links.stream().map(LinkRow::person).distinct().toList())
                        .map(known -> {
                            Map<UUID, PersonSnapshot> byId =
                                    known.stream().collect(Collectors.toMap(PersonSnapshot::id, Function.identity()));
                            return links.stream()
                                    .collect(Collectors.toMap(LinkRow::identity, link -> byId.get(link.person())));
                        })));
    }

    private Uni<Void> settle(Open run, Source hospital, List<Found> found) {
        int silent = 0;
        for (int i = found.size() - 1; i >= 0 && isSilent(found.get(i)); i--) {
            silent++;
        }
        // Whoever is down is asked again, from where it fell silent.
        boolean down = silent >= Math.min(config.patience(), found.size());
        List<Found> done = down ? found.subList(0, found.size() - silent) : found;
        return database.write(tx -> tell(tx, hospital, done)
                        .chain(told -> store.proceed(
                                tx,
                                run,
                                done.isEmpty()
                                        ? null
                                        : done.get(done.size() - 1).chart().id(),
                                done.size(),
                                done.size() - told.size(),
                                told,
                                down ? now().plus(PAUSE) : null)))
                .invoke(post::wake);
    }

    private static boolean isSilent(Found found) {
        return found.copy().kind() == HospitalCopy.Kind.UNANSWERED;
    }

    private Uni<List<Difference>> tell(SqlConnection tx, Source hospital, List<Found> done) {
        List<Difference> differences = new ArrayList<>();
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Found each : done) {
            HospitalCopy.Kind kind = each.copy().kind();
            if (kind != HospitalCopy.Kind.AGREES) {
                boolean send = kind == HospitalCopy.Kind.DIFFERS || kind == HospitalCopy.Kind.UNKNOWN;
                differences.add(new Difference(
                        each.chart().id(), each.person().id(), kind, each.copy().fields(), send));
                if (send) {
                    all = all.chain(() -> announcements.toldAgain(tx, hospital, each.person()));
                }
            }
        }
        return all.replaceWith(differences);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
