package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.Visit;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.idempotency.Idempotency;
import cn.kangka.kit.idempotency.Idempotency.Answer;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Keeps a unit for somebody while they confirm. It is the caller's, for whomever they will book. Limits are judged here, so that
 * nobody keeps a unit in vain, and again by the booking or the move, under the person's lock.
 */
@ApplicationScoped
public class Holds {
    private static final String ROUTE = "/POST /v1/holds";

    private final Database database;
    private final Idempotency idempotency;
    private final Actors actors;
    private final BookedPerson bookedPerson;
    private final AppointmentStore appointments;
    private final AppointmentAccess access;
    private final RushGate rush;
    private final HoldStore store;
    private final BookingStore bookings;
    private final AppointmentConfig config;
    private final Rules rules;
    private final Audit audit;
    private final ObjectMapper json;
    private final Clock clock;
    private final LimitPolicy limits;

    Holds(
            Database database,
            Idempotency idempotency,
            Actors actors,
            BookedPerson bookedPerson,
            AppointmentStore appointments,
            AppointmentAccess access,
            RushGate rush,
            HoldStore store,
            BookingStore bookings,
            AppointmentConfig config,
            Rules rules,
            Audit audit,
            ObjectMapper json,
            Clock clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.actors = actors;
        this.bookedPerson = bookedPerson;
        this.appointments = appointments;
        this.access = access;
        this.rush = rush;
        this.store = store;
        this.bookings = bookings;
        this.config = config;
        this.rules = rules;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
        this.limits = LimitPolicy.of(rules.region(), clock.getZone());
    }

    /**
     * For whom, and what is moved.
     *
     * @param person whose limits are judged; null for who will be known by a card code at the booking
     * @param moved the booking that will be moved; null for a new one
     */
    private record Wanted(@Nullable UUID person, @Nullable Appointment moved) {
        UUID movedId() {
            return moved == null ? null : moved.id();
        }

        /** Makes the gate ask the database: no slot is known to be full for whoever may take what is reserved. */
        UUID past() {
            return moved != null && moved.kind().exempt() ? movedId() : null;
        }
    }

    /** Holds a unit; partners must send a key, the others may. 201 with a {@link HoldView} as JSON. */
    public Uni<Answer> hold(String key, HoldRequest request) {
        return actors.writer().chain(actor -> wanted(actor, request)
                .chain(wanted -> rush.through(
                        request.slotId(),
                        wanted.past(),
                        actor.channel(),
                        () -> take(actor, wanted, key, request),
                        () -> refuse(actor, key, request))));
    }

    private Uni<Wanted> wanted(Actor actor, HoldRequest request) {
        if (request.appointmentId() != null) {
            return appointments
                    .find(database.pool(), request.appointmentId())
                    .call(moved -> access.require(actor, moved, "appointment.hold"))
                    .map(moved -> new Wanted(moved.person(), moved));
        }
        return actor.partner() && request.personId() == null
                ? Uni.createFrom().item(new Wanted(null, null))
                : bookedPerson
                        .of(actor, new BookingRequest(request.slotId(), request.personId(), null, null))
                        .call(person -> looked(actor, person))
                        .map(person -> new Wanted(person, null));
    }

    /** Whoever holds for somebody else learns what their limits say, as whoever asks for them does, held or not. */
    private Uni<Void> looked(Actor actor, UUID person) {
        return person.equals(actor.person())
                ? Uni.createFrom().voidItem()
                : audit.record(AuditEntry.allowed(actor.kind(), actor.id(), BookingLimits.ACTION, person, null));
    }

    private Uni<Answer> take(Actor actor, Wanted wanted, String key, HoldRequest request) {
        return once(actor, key)
                ? idempotency.once(actor.key() + ROUTE, key, request, tx -> hold(tx, actor, wanted, request))
                : database.write(tx -> hold(tx, actor, wanted, request));
    }

    private Uni<Answer> refuse(Actor actor, String key, HoldRequest request) {
        return once(actor, key)
                ? idempotency.refuse(actor.key() + ROUTE, key, request, BookingRefusals.slotFull())
                : Uni.createFrom().failure(BookingRefusals::slotFull);
    }

    private static boolean once(Actor actor, String key) {
        return actor.partner() || key != null;
    }

    private Uni<Answer> hold(SqlConnection tx, Actor actor, Wanted wanted, HoldRequest request) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        int most = actor.partner() ? config.holdsPerPartner() : config.holdsPerCaller();
        return store.facts(tx, request.slotId(), wanted.person(), wanted.movedId())
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .invoke(facts -> check(wanted.moved(), request.slotId(), facts, now))
                .call(facts -> judge(tx, wanted, request.slotId(), facts, now))
                .chain(facts -> {
                    HoldView hold = view(request.slotId(), facts, now);
                    return store.hold(tx, hold, facts, actor, kind(wanted, facts), most, now)
                            .invoke(outcome -> refuseUnlessHeld(outcome, most))
                            .map(held -> new Answer(201, write(hold)));
                });
    }

    private HoldView view(UUID slot, HoldStore.Facts facts, OffsetDateTime now) {
        HospitalRules here = rules.at(facts.own()).orKinder(rules.at(facts.published()));
        Duration lasts = here.duration(Rule.HOLD);
        return new HoldView(
                Ids.next(),
                slot,
                now.plus(lasts),
                lasts.toSeconds(),
                facts.cancelUntil(),
                facts.startAt().minus(here.duration(Rule.CHECK_IN_OPENS)));
    }

    private static void check(@Nullable Appointment moved, UUID slot, HoldStore.Facts facts, OffsetDateTime now) {
        if (moved != null) {
            switch (CancelPolicy.decide(moved.status(), moved.slot().start(), moved.cancelUntil(), now)) {
                case CANCEL, CANCEL_LATE -> {}
                case ALREADY, TOO_LATE -> throw BookingRefusals.notCancellable();
            }
            if (moved.slot().id().equals(slot)) {
                throw Problems.invalid("slotId", "other-slot");
            }
        }
        SlotPolicy.Obstacle obstacle =
                SlotPolicy.obstacle(facts.open(), facts.mode(), facts.startAt(), facts.releaseAt(), now);
        if (obstacle != SlotPolicy.Obstacle.NONE) {
            boolean lifts = obstacle == SlotPolicy.Obstacle.NOT_RELEASED;
            throw BookingRefusals.obstacle(obstacle, lifts ? facts.releaseAt() : null);
        }
    }

    private static VisitKind kind(Wanted wanted, HoldStore.Facts facts) {
        return wanted.moved() == null ? VisitKind.NORMAL : wanted.moved().kindIn(facts.department());
    }

    /** Without the person's lock: what slips through here is refused by the booking. */
    private Uni<Void> judge(SqlConnection tx, Wanted wanted, UUID slot, HoldStore.Facts facts, OffsetDateTime now) {
        return limits(tx, wanted, slot, facts, now).invoke(() -> {
            if (facts.booked()) {
                throw BookingRefusals.sessionBooked();
            }
        });
    }

    private Uni<Void> limits(SqlConnection tx, Wanted wanted, UUID slot, HoldStore.Facts facts, OffsetDateTime now) {
        if (wanted.person() == null || kind(wanted, facts).exempt()) {
            return Uni.createFrom().voidItem();
        }
        return bookings.history(tx, wanted.person(), slot, LocalDate.now(clock))
                .map(history ->
                        wanted.moved() == null ? history : wanted.moved().besides(history))
                .invoke(history -> limits.violated(history, new Visit(facts.visitDate(), facts.department()), now)
                        .ifPresent(verdict -> {
                            throw BookingRefusals.limit(verdict);
                        }))
                .replaceWithVoid();
    }

    private static void refuseUnlessHeld(HoldStore.Held outcome, int most) {
        switch (outcome) {
            case HELD -> {}
            case SLOT_FULL -> throw BookingRefusals.slotFull();
            case TOO_MANY_HOLDS -> throw BookingRefusals.tooManyHolds(most);
        }
    }

    /** Gives the unit back now; 404 when there is no such hold of the caller. */
    public Uni<Void> release(UUID hold) {
        return actors.writer().chain(actor -> database.write(tx -> release(tx, actor, hold)));
    }

    private Uni<Void> release(SqlConnection tx, Actor actor, UUID hold) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.expire(tx, hold, actor.key(), now)
                .invoke(theirs -> {
                    if (!theirs) {
                        throw Problems.notFound();
                    }
                })
                .replaceWithVoid();
    }

    /** Gives back the units of all expired holds; how many. */
    Uni<Integer> sweep() {
        return database.write(tx -> store.sweep(tx, OffsetDateTime.now(clock)));
    }

    private String write(HoldView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a hold that is not JSON", e);
        }
    }
}
