package cn.kangka.api.record;

import cn.kangka.api.account.Callers;
import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Shows reports when their time has come, and tells their patients. */
@ApplicationScoped
class ReportReleases {
    private static final String BY_RULE = "rule";
    private static final Set<String> IMAGING =
            Set.of("RAD", "RX", "RUS", "CT", "NMR", "CUS", "VUS", "OUS", "NMS", "XRC");

    private final Database database;
    private final ReleaseStore store;
    private final ReportStore reports;
    private final Notices notices;
    private final Audit audit;
    private final Callers callers;
    private final Clock clock;
    private final RecordConfig config;

    ReportReleases(
            Database database,
            ReleaseStore store,
            ReportStore reports,
            Notices notices,
            Audit audit,
            Callers callers,
            Clock clock,
            RecordConfig config) {
        this.database = database;
        this.store = store;
        this.reports = reports;
        this.notices = notices;
        this.audit = audit;
        this.callers = callers;
        this.clock = clock;
        this.config = config;
    }

    /** Releases what is due, and tells those who could not be told before. */
    @Scheduled(every = "${kangka.record.release-every:10s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return database.write(this::releaseDue)
                .chain(() -> database.write(tx -> tell(tx, null)))
                .invoke(notices::wake)
                .replaceWithVoid();
    }

    private Uni<Void> releaseDue(SqlConnection tx) {
        return store.due(tx, clock.instant(), config.releaseBatch())
                .flatMap(ids -> store.release(tx, ids, clock.instant(), BY_RULE));
    }

    /** Shows a version that the rules let be shown at once, and tells its patient. */
    Uni<Void> atOnce(SqlConnection tx, UUID report) {
        return store.release(tx, List.of(report), clock.instant(), BY_RULE).chain(() -> tell(tx, List.of(report)));
    }

    /**
     * A clinician of the calling hospital releases the current version of one of its reports.
     *
     * @param number the hospital's number of the report
     * @param by the clinician's id at the hospital
     */
    Uni<Void> byClinician(String number, String by) {
        String source = callers.source();
        if (source == null) {
            return Uni.createFrom().failure(Problems.forbidden());
        }
        return database.write(tx -> reports.current(tx, source, number)
                        .onItem()
                        .ifNull()
                        .failWith(Problems::notFound)
                        .call(id -> store.release(tx, List.of(id), clock.instant(), source + ":" + by))
                        .call(id -> tell(tx, List.of(id)))
                        .call(id -> audit.record(
                                tx,
                                AuditEntry.allowed(
                                        callers.actorKind(), callers.actor(), "report.release", null, id.toString()))))
                .invoke(notices::wake)
                .replaceWithVoid();
    }

    private Uni<Void> tell(SqlConnection tx, List<UUID> among) {
        return store.toTell(tx, among, config.releaseBatch(), config.level()).flatMap(waiting -> store.settled(
                        tx, waiting.stream().map(ReleaseStore.ToTell::report).toList())
                .chain(() -> notices.tell(
                        tx,
                        waiting.stream()
                                .filter(each -> Objects.nonNull(each.account()))
                                .map(ReportReleases::notice)
                                .toList())));
    }

    /** Says where, and laboratory or imaging; never what, because the title alone can be a diagnosis. */
    private static Notice notice(ReleaseStore.ToTell released) {
        String kind = released.category() != null && IMAGING.contains(released.category()) ? "检查" : "检验";
        return Notice.now(
                "report-ready:" + released.report(),
                "report-ready",
                Notice.Recipient.account(released.account(), released.person()),
                Map.of("hospital", released.hospital(), "report", kind),
                "/reports/" + released.report());
    }
}
