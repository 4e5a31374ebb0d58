package cn.kangka.api.appointment;

import cn.kangka.api.account.Callers;
import cn.kangka.api.appointment.BookingNews.Told;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rules;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Stops clinics (停诊): one command, one transaction, in which every booking is released without a mark, hospital and people
 * are told, and no unit stays booked, held or waited for. Alternatives are kept for people in the order in which they had
 * booked; who does not read the notice is on a list of people to ring.
 */
@ApplicationScoped
public class ClinicStops {
    private static final Logger LOG = Logger.getLogger(ClinicStops.class);
    private static final int TRIES = 4;
    /** What lies beyond is a slip, and no date of the database's. */
    private static final int LAST_YEAR = 9999;

    private static final int KEYS_AT_ONCE = 1_000;
    private static final String NOTICE = "notice";

    private final Database database;
    private final Callers callers;
    private final Actors actors;
    private final StopStore store;
    private final AppointmentStore appointments;
    private final BookingNews news;
    private final StopClient notices;
    private final ContactClient contacts;
    private final Audit audit;
    private final Clock clock;
    private final HospitalRules region;

    ClinicStops(
            Database database,
            Callers callers,
            Actors actors,
            StopStore store,
            AppointmentStore appointments,
            BookingNews news,
            @RestClient StopClient notices,
            @RestClient ContactClient contacts,
            Audit audit,
            Clock clock,
            Rules rules) {
        this.database = database;
        this.callers = callers;
        this.actors = actors;
        this.store = store;
        this.appointments = appointments;
        this.news = news;
        this.notices = notices;
        this.contacts = contacts;
        this.audit = audit;
        this.clock = clock;
        this.region = rules.region();
    }

    /** Somebody booked between the two locks of a stop: it begins anew. */
    private static final class BookedMeanwhileException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** How many sessions, bookings and waiting people a stop would touch. */
    public Uni<StopView.Preview> preview(StopRequest request) {
        check(request);
        return known(request).chain(() -> store.preview(database.pool(), request, OffsetDateTime.now(clock)));
    }

    /** Stops every open session that is meant; none is no error. */
    public Uni<StopView> stop(StopRequest request) {
        check(request);
        return known(request)
                .chain(actors::writer)
                .chain(actor -> Uni.createFrom()
                        .deferred(() -> database.write(tx -> stop(tx, actor, request, false)))
                        .onFailure(BookedMeanwhileException.class)
                        .retry()
                        .atMost(TRIES)
                        .onFailure(BookedMeanwhileException.class)
                        .recoverWithUni(() -> database.write(tx -> stop(tx, actor, request, true))))
                .invoke(news::wake)
                .invoke(this::offerSoon)
                .chain(id -> store.find(database.pool(), id));
    }

    /**
     * Stops just these sessions in the transaction of the hospital's own word, one stop for each description. It may not fail
     * because people go on booking, for all that the hospital says waits behind it.
     */
    Uni<Void> stop(SqlConnection tx, Actor actor, Map<StopRequest, List<UUID>> stops) {
        if (stops.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        List<UUID> all = stops.values().stream().flatMap(List::stream).sorted().toList();
        return lock(tx, all, true)
                .onItem()
                .transformToMulti(locked -> Multi.createFrom().iterable(stops.entrySet()))
                .onItem()
                .transformToUniAndConcatenate(each -> stopped(tx, actor, each.getKey(), each.getValue(), now))
                .onItem()
                .ignoreAsUni()
                .invoke(() -> database.afterCommit(tx, () -> {
                    news.wake();
                    offerSoon();
                }));
    }

    /** People look at once; what this does not get to, the job does. */
    private void offerSoon() {
        offer().subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf("alternatives wait for the next round: %s", failure.getMessage()));
    }

    private void check(StopRequest request) {
        if (request.to().isBefore(request.from()) || request.to().getYear() > LAST_YEAR) {
            throw Problems.invalid("to", "order");
        }
    }

    /** A hospital stops its own clinics only. */
    private Uni<Void> known(StopRequest request) {
        boolean others = callers.is("hospital") && !callers.sources().contains(request.hospital());
        return others
                ? Uni.createFrom().failure(Problems.notFound())
                : store.hospitalKnown(database.pool(), request.hospital())
                        .invoke(known -> {
                            if (!known) {
                                throw Problems.notFound();
                            }
                        })
                        .replaceWithVoid();
    }

    /**
     * @param sessionsFirst in a rush somebody always books between the locks of the people and those of the sessions; then the
     *     sessions are closed to them first, and PostgreSQL ends whoever waits the other way round, who begins anew
     */
    private Uni<UUID> stop(SqlConnection tx, Actor actor, StopRequest request, boolean sessionsFirst) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.sessions(tx, request, now)
                .call(sessions -> lock(tx, sessions, sessionsFirst))
                .chain(sessions -> stopped(tx, actor, request, sessions, now));
    }

    private Uni<Boolean> lock(SqlConnection tx, List<UUID> sessions, boolean sessionsFirst) {
        return store.lock(tx, sessions, sessionsFirst).invoke(alone -> {
            if (!alone) {
                throw new BookedMeanwhileException();
            }
        });
    }

    /** Releases everybody in sessions that are locked. */
    private Uni<UUID> stopped(
            SqlConnection tx, Actor actor, StopRequest request, List<UUID> sessions, OffsetDateTime now) {
        UUID id = Ids.at(now.toInstant().toEpochMilli());
        return store.add(tx, id, request, actor, sessions.size(), now)
                .chain(() -> store.stop(tx, id, sessions, now))
                .chain(released -> store.counted(tx, id, released.size())
                        .chain(() -> appointments.all(tx, released))
                        .chain(all -> store.told(tx, id).chain(told -> news.stopped(tx, all, accounts(told))))
                        .chain(() -> audit.record(
                                tx, AuditEntry.allowed(actor.kind(), actor.id(), "clinic.stop", null, id.toString()))))
                .replaceWith(id);
    }

    private static Map<UUID, UUID> accounts(List<StopStore.Told> told) {
        return told.stream().collect(Collectors.toMap(StopStore.Told::appointment, StopStore.Told::account));
    }

    /** Keeps alternatives for those who have none yet, in order. */
    Uni<Void> offer() {
        return database.writeWhile(tx -> store.offerNext(tx, region, OffsetDateTime.now(clock)));
    }

    /** Stops, the newest first. */
    public Uni<Page<StopView>> list(String hospital, int limit, String cursor) {
        Set<String> whose = callers.hospitals(hospital);
        return store.page(database.pool(), whose, Cursor.decode(cursor), limit + 1)
                .map(rows -> Page.of(rows, limit, row -> new Cursor(row.at().toInstant(), row.id())));
    }

    /** One stop, with who has read the notice by now. */
    public Uni<StopView> one(UUID id) {
        return refresh(id)
                .chain(() -> store.find(database.pool(), id))
                .onItem()
                .ifNull()
                .failWith(Problems::notFound);
    }

    /** Asks who has read the notice; what cannot be asked is asked the next time. */
    private Uni<Void> refresh(UUID id) {
        return store.unread(database.pool(), id)
                .chain(unread -> unread.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : read(id, unread.subList(0, Math.min(unread.size(), KEYS_AT_ONCE))))
                .onFailure()
                .invoke(failure -> LOG.warnf("who read of stop %s is not known: %s", id, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> read(UUID id, List<StopStore.Told> unread) {
        Map<String, StopStore.Told> byKey = unread.stream()
                .collect(Collectors.toMap(
                        each -> BookingNews.key(Told.STOPPED, each.appointment(), each.account()),
                        Function.identity()));
        return notices.reads(new StopClient.Keys(List.copyOf(byKey.keySet())))
                .chain(reads -> store.informed(
                        database.pool(),
                        id,
                        reads.items().stream()
                                .map(each -> byKey.get(each.key()).appointment())
                                .toList(),
                        reads.items().stream().map(StopClient.Read::readAt).toList(),
                        NOTICE))
                .replaceWithVoid();
    }

    /** A stop's people in order of booking, or only those who do not know yet. */
    public Uni<Page<StopView.Affected>> people(UUID id, boolean uninformed, int limit, int after) {
        return one(id).chain(() -> store.affected(database.pool(), id, after, uninformed, limit + 1))
                .map(rows -> rows.size() <= limit
                        ? new Page<>(rows, null)
                        : new Page<>(
                                rows.subList(0, limit),
                                Integer.toString(rows.get(limit - 1).place())));
    }

    /** Name and phone of one of them, for the agent who rings; audited, and in the person's access log. */
    public Uni<StopView.Contact> contact(UUID id, UUID appointment) {
        return actors.writer().chain(actor -> store.person(database.pool(), id, appointment)
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .call(person -> audit.record(AuditEntry.allowed(
                        actor.kind(), actor.id(), "clinic.stop.contact", person, appointment.toString())))
                .chain(contacts::person)
                .map(person -> new StopView.Contact(
                        person.name(),
                        person.phones() == null || person.phones().isEmpty()
                                ? null
                                : person.phones().get(0))));
    }

    /** An agent told one of them. */
    public Uni<Void> informed(UUID id, UUID appointment) {
        return actors.writer()
                .chain(actor -> store.informed(
                        database.pool(), id, List.of(appointment), List.of(OffsetDateTime.now(clock)), actor.id()))
                .invoke(theirs -> {
                    if (theirs == 0) {
                        throw Problems.notFound();
                    }
                })
                .replaceWithVoid();
    }
}
