package cn.kangka.api.queue;

import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.appointment.Attendance;
import cn.kangka.api.appointment.Attendance.Visit;
import cn.kangka.api.queue.CheckInPolicy.Decision;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Checks people in who are there: by the code on the clinic's wall, or at a terminal of the hospital. */
@ApplicationScoped
public class CheckIns {
    private static final String ACTION = "queue.check-in";
    /** A visit belongs to the day it is on, also around midnight. */
    private static final Duration AROUND = Duration.ofHours(24);

    private final Callers callers;
    private final Denials denials;
    private final Database database;
    private final Attendance attendance;
    private final QueueStore store;
    private final PlaceCodes places;
    private final TurnNews turns;
    private final Audit audit;
    private final Clock clock;
    private final QueueConfig config;

    CheckIns(
            Callers callers,
            Denials denials,
            Database database,
            Attendance attendance,
            QueueStore store,
            PlaceCodes places,
            TurnNews turns,
            Audit audit,
            Clock clock,
            QueueConfig config) {
        this.callers = callers;
        this.denials = denials;
        this.database = database;
        this.attendance = attendance;
        this.store = store;
        this.places = places;
        this.turns = turns;
        this.audit = audit;
        this.clock = clock;
        this.config = config;
    }

    private QueueRules rules(Visit visit) {
        return QueueRules.of(config, visit.rules());
    }

    /** What somebody could do with one booking now. */
    private record Option(Visit visit, Decision decision) {}

    /**
     * Checks in with the code on the wall; again gives the same answer, after not coming when called a place behind others.
     *
     * @return where the booking stands; 404 when it is not the caller's, 409 with the rule that stops it, 429 after too many
     *     wrong codes
     */
    public Uni<QueueView> byPlace(UUID id, String code) {
        return attendance
                .visible(id, ACTION)
                .chain(visit -> option(visit)
                        .invoke(option -> QueueRefusals.refuse(
                                option.decision(), visit, rules(visit).checkIn()))
                        .chain(option -> option.decision() == Decision.ALREADY
                                ? Uni.createFrom().voidItem()
                                : places.check(callers.actorKind() + ":" + callers.actor(), visit.department(), code)))
                .chain(() -> database.write(tx -> enter(tx, id)))
                .invoke(turns::soon)
                .chain(visit -> view(visit));
    }

    /**
     * Checks in whoever stands at a terminal of the hospital, by card or booking.
     *
     * @return where the booking stands; 404 for another hospital's, 409 with the rule that stops it, 422 when a card does not say
     *     at which of several institutions of the token
     */
    public Uni<QueueView> atTerminal(CheckInRequest request) {
        if ((request.cardCode() == null) == (request.appointmentId() == null)) {
            return Uni.createFrom().failure(Problems.invalid("cardCode", "card-or-appointment"));
        }
        Set<String> own = callers.sources();
        if (own.isEmpty()) {
            return denials.forbidden(ACTION, null, null);
        }
        return (request.cardCode() == null
                        ? there(request.appointmentId(), own)
                        : ofCard(request.cardCode(), at(request.hospital(), own)))
                .chain(id -> database.write(tx -> enter(tx, id)
                        .call(visit -> audit.record(
                                tx,
                                AuditEntry.allowed(
                                        callers.actorKind(), callers.actor(), ACTION, visit.person(), id.toString())))))
                .invoke(turns::soon)
                .chain(visit -> view(visit));
    }

    /** Where a card is shown: the code is used up there, so it is known before. */
    private static String at(String named, Set<String> own) {
        String hospital = named == null && own.size() == 1 ? own.iterator().next() : named;
        if (hospital == null || !own.contains(hospital)) {
            throw Problems.invalid("hospital", "own-institution");
        }
        return hospital;
    }

    private Uni<UUID> there(UUID id, Set<String> hospitals) {
        return attendance
                .find(database.pool(), id)
                .chain(visit -> visit != null && hospitals.contains(visit.hospital())
                        ? Uni.createFrom().item(id)
                        : denials.notFound(ACTION, null, id.toString()));
    }

    /** The booking that whoever shows the card most probably came for. */
    private Uni<UUID> ofCard(String code, String hospital) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return attendance
                .holderOf(code, hospital, callers.actor())
                .chain(person ->
                        attendance.near(database.pool(), person, hospital, now.minus(AROUND), now.plus(AROUND)))
                .chain(this::options)
                .map(options -> options.stream()
                        .min(Comparator.comparing(option -> likelihood(option.decision())))
                        .map(option -> option.visit().id())
                        .orElseThrow(QueueRefusals::nothingToCheckInTo));
    }

    private Uni<List<Option>> options(List<UUID> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(
                        id -> attendance.find(database.pool(), id).chain(this::option))
                .collect()
                .asList();
    }

    private static int likelihood(Decision decision) {
        return switch (decision) {
            case CHECK_IN -> 0;
            case REQUEUE -> 1;
            case CHECK_IN_LATE -> 2;
            case ALREADY -> 3;
            case TOO_EARLY -> 4;
            case REQUEUED_TOO_OFTEN -> 5;
            case TOO_LATE -> 6;
            case ENDED -> 7;
        };
    }

    private Uni<Option> option(Visit visit) {
        return store.place(database.pool(), visit.id())
                .map(place -> new Option(visit, rules(visit).decide(visit, place, OffsetDateTime.now(clock))));
    }

    /** Judges again under the lock, and lets in. */
    private Uni<Visit> enter(SqlConnection tx, UUID id) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return attendance.lock(tx, id).call(visit -> store.place(tx, id).chain(place -> {
            QueueRules rules = rules(visit);
            Decision decision = rules.decide(visit, place, now);
            QueueRefusals.refuse(decision, visit, rules.checkIn());
            return switch (decision) {
                case CHECK_IN, CHECK_IN_LATE ->
                    attendance
                            .arrived(tx, id, now)
                            .invoke(in -> QueueRefusals.refuse(in ? decision : Decision.ENDED, visit, rules.checkIn()))
                            .replaceWithVoid();
                case REQUEUE -> store.requeue(tx, id, rules.requeueBehind());
                case ALREADY, TOO_EARLY, TOO_LATE, REQUEUED_TOO_OFTEN, ENDED ->
                    Uni.createFrom().voidItem();
            };
        }));
    }

    private Uni<QueueView> view(Visit visit) {
        return attendance.find(database.pool(), visit.id()).chain(now -> store.snapshot(database.pool(), now.session())
                .map(queue -> rules(now).view(now, queue, OffsetDateTime.now(clock))));
    }
}
