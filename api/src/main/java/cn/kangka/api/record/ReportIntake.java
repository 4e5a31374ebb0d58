package cn.kangka.api.record;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Takes in reports: each version once, corrections supersede, and what may be shown at once is. */
@ApplicationScoped
class ReportIntake {
    private final ReportStore store;
    private final ReportReleases releases;
    private final ReleasePolicy policy;
    private final Clock clock;

    ReportIntake(ReportStore store, ReportReleases releases, RecordConfig config, Clock clock) {
        this.store = store;
        this.releases = releases;
        this.policy = policy(config);
        this.clock = clock;
    }

    private static ReleasePolicy policy(RecordConfig config) {
        RecordConfig.Sensitive sensitive = config.sensitive();
        boolean tooLong = sensitive.delay().compareTo(sensitive.longestDelay()) > 0;
        return new ReleasePolicy(
                ReleasePolicy.Marks.of(
                        config.infections().codes(),
                        config.infections().categories(),
                        config.infections().words()),
                ReleasePolicy.Marks.of(sensitive.codes(), sensitive.categories(), sensitive.words()),
                tooLong ? sensitive.longestDelay() : sensitive.delay());
    }

    Uni<Void> take(SqlConnection tx, ReceivedReport report) {
        return store.lockCurrent(tx, report).flatMap(current -> {
            VersionPolicy.Decision decision = VersionPolicy.decide(current, report);
            return decision == VersionPolicy.Decision.IGNORE
                    ? Uni.createFrom().voidItem()
                    : makeRoom(tx, current, report, decision).chain(() -> add(tx, report, current));
        });
    }

    private Uni<Void> makeRoom(
            SqlConnection tx, VersionPolicy.Current current, ReceivedReport report, VersionPolicy.Decision decision) {
        if (decision == VersionPolicy.Decision.FIRST) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> superseded = store.supersede(tx, current.id(), clock.instant());
        return decision == VersionPolicy.Decision.MOVE
                ? superseded.chain(() -> store.withdrawFromOthers(tx, report))
                : superseded;
    }

    private Uni<Void> add(SqlConnection tx, ReceivedReport report, VersionPolicy.Current before) {
        Instant now = clock.instant();
        Release release = policy.decide(report, now);
        int version = before == null ? 1 : before.version() + 1;
        Uni<UUID> added = store.insert(tx, report, version, now, release);
        return release instanceof Release.AtOnce
                ? added.flatMap(id -> releases.atOnce(tx, id))
                : added.replaceWithVoid();
    }
}
