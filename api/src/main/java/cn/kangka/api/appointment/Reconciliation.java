package cn.kangka.api.appointment;

import cn.kangka.api.account.Callers;
import cn.kangka.api.appointment.BookingOrder.Action;
import cn.kangka.api.appointment.ReconciliationStore.Compared;
import cn.kangka.api.appointment.ReconciliationView.Difference;
import cn.kangka.api.directory.Directory;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Compares a hospital's list of a day's bookings with ours (对账), does what is certain about each difference, and reports the
 * rest. The same list again finds what is still different.
 */
@ApplicationScoped
public class Reconciliation {
    private static final Logger LOG = Logger.getLogger(Reconciliation.class);
    /** A hospital's clock may be ahead of ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Database database;
    private final Callers callers;
    private final Directory directory;
    private final ReconciliationStore store;
    private final AppointmentStore appointments;
    private final VisitStore visits;
    private final BookingNews news;
    private final Audit audit;
    private final Clock clock;

    Reconciliation(
            Database database,
            Callers callers,
            Directory directory,
            ReconciliationStore store,
            AppointmentStore appointments,
            VisitStore visits,
            BookingNews news,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.callers = callers;
        this.directory = directory;
        this.store = store;
        this.appointments = appointments;
        this.visits = visits;
        this.news = news;
        this.audit = audit;
        this.clock = clock;
    }

    /** Compares the calling hospital's list, keeps the report, then does what is certain. */
    public Uni<ReconciliationView> compare(ReconciliationRequest request) {
        String hospital = request.hospital() == null ? callers.onlySource() : request.hospital();
        if (hospital == null) {
            return Uni.createFrom().failure(Problems.invalid("hospital", "required"));
        }
        if (!callers.sources().contains(hospital)) {
            return Uni.createFrom().failure(Problems.notFound());
        }
        return directory.hospital(hospital).chain(() -> compare(hospital, request));
    }

    private Uni<ReconciliationView> compare(String hospital, ReconciliationRequest request) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        check(request, now);
        UUID id = Ids.at(now.toInstant().toEpochMilli());
        return database.write(tx -> store.confirm(tx, hospital, request)
                        .chain(() -> store.differences(tx, hospital, request, LocalDate.now(clock)))
                        .map(compared -> report(id, hospital, request, compared, now))
                        .call(report -> store.add(tx, report))
                        .call(() -> audit.record(
                                tx,
                                AuditEntry.allowed(
                                        callers.actorKind(),
                                        callers.actor(),
                                        "clinic.reconcile",
                                        null,
                                        id.toString()))))
                .chain(report -> mend(report.differences(), now))
                .invoke(news::wake)
                .chain(() -> store.find(database.pool(), id));
    }

    private static void check(ReconciliationRequest request, OffsetDateTime now) {
        if (request.listedAt().isAfter(now.plus(CLOCKS_DIFFER))) {
            throw Problems.invalid("listedAt", "future");
        }
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < request.bookings().size(); i++) {
            if (!seen.add(request.bookings().get(i).appointment())) {
                throw Problems.invalid("bookings[" + i + "].appointment", "twice");
            }
        }
    }

    private static ReconciliationView report(
            UUID id, String hospital, ReconciliationRequest request, Compared compared, OffsetDateTime now) {
        int listed = request.bookings().size();
        int differing = compared.differences().size();
        return new ReconciliationView(
                id,
                hospital,
                request.day(),
                request.listedAt(),
                now,
                listed,
                listed - compared.listedOtherwise(),
                compared.unsettled(),
                differing,
                compared.differences());
    }

    /**
     * Each in a transaction of its own, under the lock of its person; what fails, or what a crash leaves undone, differs in the
     * next list too.
     */
    private Uni<Void> mend(List<Difference> differences, OffsetDateTime now) {
        return Multi.createFrom()
                .iterable(differences)
                .filter(each -> each.kind().certain())
                .onItem()
                .transformToUniAndConcatenate(each -> database.write(tx -> mend(tx, each, now))
                        .onFailure()
                        .invoke(failure -> LOG.warnf("booking %s still differs: %s", each.appointment(), failure))
                        .onFailure()
                        .recoverWithNull())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> mend(SqlConnection tx, Difference difference, OffsetDateTime now) {
        return switch (difference.kind()) {
            case MISSING_THERE -> again(tx, difference, Action.BOOK, now);
            case STILL_THERE -> again(tx, difference, Action.CANCEL, now);
            case ARRIVED_THERE -> arrived(tx, difference, now);
            case UNKNOWN_HERE, OTHERWISE -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> again(SqlConnection tx, Difference difference, Action action, OffsetDateTime now) {
        return appointments.lock(tx, difference.appointment()).chain(found -> {
            boolean past = action == Action.BOOK && !found.slot().start().isAfter(now);
            return found.status() != difference.ours() || past
                    ? Uni.createFrom().voidItem()
                    : store.renew(tx, found.id(), now)
                            .chain(() -> news.order(
                                    tx,
                                    action,
                                    found.id(),
                                    found.version() + 1,
                                    found.person(),
                                    found.slot(),
                                    found.channel().label(),
                                    found.bookedAt()));
        });
    }

    private Uni<Void> arrived(SqlConnection tx, Difference difference, OffsetDateTime now) {
        return appointments.lock(tx, difference.appointment()).chain(found -> {
            AppointmentStatus after = found.after(VisitPolicy.Kind.ARRIVED);
            OffsetDateTime start = found.slot().start();
            return after == found.status()
                    ? Uni.createFrom().voidItem()
                    : visits.note(tx, found.id(), after, start.isBefore(now) ? start : now);
        });
    }

    /** Reports, the newest first; a hospital sees its own. */
    public Uni<Page<ReconciliationView>> list(String hospital, int limit, String cursor) {
        Set<String> whose = callers.hospitals(hospital);
        return store.page(database.pool(), whose, Cursor.decode(cursor), limit + 1)
                .map(rows -> Page.of(rows, limit, row -> new Cursor(row.at().toInstant(), row.id())));
    }

    /** One report; 404 when there is none, or it is another hospital's. */
    public Uni<ReconciliationView> one(UUID id) {
        return store.find(database.pool(), id).invoke(report -> {
            if (report == null || callers.is("hospital") && !callers.sources().contains(report.hospital())) {
                throw Problems.notFound();
            }
        });
    }
}
