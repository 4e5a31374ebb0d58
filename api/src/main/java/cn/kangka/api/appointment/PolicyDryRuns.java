package cn.kangka.api.appointment;

import cn.kangka.api.policy.HospitalPolicies;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tries rules on what was booked: nobody is stopped by it, and nobody's identity leaves it. */
@ApplicationScoped
public class PolicyDryRuns {
    private static final int LONGEST_DAYS = 31;
    private static final int PEOPLE_AT_ONCE = 500;
    /** What lies beyond is a slip, and no date of the database's. */
    private static final int FIRST_YEAR = 2000;

    private static final int LAST_YEAR = 9999;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Database database;
    private final Actors actors;
    private final HospitalPolicies policies;
    private final PolicyDryRunStore store;
    private final Audit audit;
    private final Clock clock;
    private final HospitalRules region;
    private final AtomicBoolean running = new AtomicBoolean();

    PolicyDryRuns(
            Database database,
            Actors actors,
            HospitalPolicies policies,
            PolicyDryRunStore store,
            Audit audit,
            Clock clock,
            Rules rules) {
        this.database = database;
        this.actors = actors;
        this.policies = policies;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.region = rules.region();
    }

    private record Period(OffsetDateTime from, OffsetDateTime to) {}

    /** Both tallies of a run. */
    private record Tallies(ReplayTally now, ReplayTally tried) {
        void add(PolicyDryRunStore.Some some) {
            some.people().forEach(now::add);
            some.people().forEach(tried::add);
        }
    }

    /** What the settings would have done; one run at a time, 429 meanwhile. */
    Uni<PolicyDryRunView> run(PolicyDryRunView.Request request) {
        Map<Rule, Integer> settings =
                HospitalPolicies.settings("settings", request.settings(), rule -> rule.topic() == Rule.Topic.LIMITS);
        Period period = period(request);
        return known(request.hospital())
                .chain(actors::writer)
                .chain(actor -> audit.record(
                        AuditEntry.allowed(actor.kind(), actor.id(), "policy.dry-run", null, request.hospital())))
                .invoke(this::begin)
                .chain(() -> policies.all()
                        .map(own -> tallies(request, settings, own, period))
                        .chain(tallies -> judged(tallies, period, new UUID(0, 0)))
                        .onTermination()
                        .invoke(() -> running.set(false)))
                .map(tallies -> new PolicyDryRunView(
                        request.from(),
                        request.to(),
                        request.hospital(),
                        tallies.tried().bookings(),
                        tallies.tried().bookers(),
                        tallies.now().effect(),
                        tallies.tried().effect()));
    }

    private void begin() {
        if (!running.compareAndSet(false, true)) {
            throw Problems.tooMany("too-many-requests", SOON, clock);
        }
    }

    private Period period(PolicyDryRunView.Request request) {
        LocalDate from = request.from();
        LocalDate to = request.to();
        if (from.getYear() < FIRST_YEAR || from.getYear() > LAST_YEAR) {
            throw Problems.invalid("from", "format");
        }
        if (to.isBefore(from) || to.isAfter(from.plusDays(LONGEST_DAYS - 1L)) || to.isAfter(LocalDate.now(clock))) {
            throw Problems.invalid("to", "period", LONGEST_DAYS - 1);
        }
        return new Period(start(from), start(to.plusDays(1)));
    }

    private OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toInstant().atOffset(ZoneOffset.UTC);
    }

    private Uni<Void> known(String hospital) {
        return hospital == null ? Uni.createFrom().voidItem() : policies.known(hospital);
    }

    private Tallies tallies(
            PolicyDryRunView.Request request,
            Map<Rule, Integer> settings,
            Map<String, Map<Rule, Integer>> own,
            Period period) {
        HospitalLimits now = new HospitalLimits(region, own, clock.getZone());
        HospitalLimits tried = request.hospital() == null
                ? new HospitalLimits(region.with(settings), own, clock.getZone())
                : now.with(request.hospital(), settings);
        return new Tallies(
                new ReplayTally(now.replay(period.from(), period.to()), request.to()),
                new ReplayTally(tried.replay(period.from(), period.to()), request.to()));
    }

    /** People after people; they are judged aside, because some hundreds of them take a while. */
    private Uni<Tallies> judged(Tallies tallies, Period period, UUID after) {
        return store.next(database.pool(), period.from(), period.to(), after, PEOPLE_AT_ONCE)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(tallies::add)
                .chain(some ->
                        some.last() == null ? Uni.createFrom().item(tallies) : judged(tallies, period, some.last()));
    }
}
