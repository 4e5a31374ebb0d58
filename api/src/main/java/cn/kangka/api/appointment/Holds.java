package cn.kangka.api.appointment;

import cn.kangka.api.appointment.LimitRule.Visit;
import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.idempotency.Idempotency;
import cn.kangka.kit.idempotency.Idempotency.Answer;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Keeps a unit for somebody while they confirm. It is the caller's, for whomever they will book; whose limits are judged, if any,
 * the request says, and the booking judges them again under the person's lock.
 */
@ApplicationScoped
public class Holds {
    private static final String ROUTE = "/POST /v1/holds";

    private final Database database;
    private final Idempotency idempotency;
    private final Actors actors;
    private final BookedPerson bookedPerson;
    private final RushGate rush;
    private final HoldStore store;
    private final BookingStore bookings;
    private final AppointmentConfig config;
    private final Rules rules;
    private final ObjectMapper json;
    private final Clock clock;
    private final LimitPolicy limits;

    Holds(
            Database database,
            Idempotency idempotency,
            Actors actors,
            BookedPerson bookedPerson,
            RushGate rush,
            HoldStore store,
            BookingStore bookings,
            AppointmentConfig config,
            Rules rules,
            ObjectMapper json,
            Clock clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.actors = actors;
        this.bookedPerson = bookedPerson;
        this.rush = rush;
        this.store = store;
        this.bookings = bookings;
        this.config = config;
        this.rules = rules;
        this.json = json;
        this.clock = clock;
        this.limits = LimitPolicy.of(rules.region(), clock.getZone());
    }

    /** Holds a unit; partners must send a key, the others may. 201 with a {@link HoldView} as JSON. */
    public Uni<Answer> hold(String key, HoldRequest request) {
        return actors.writer().chain(actor -> judged(actor, request)
                .chain(person -> rush.through(
                        request.slotId(),
                        null,
                        actor.channel(),
                        () -> take(actor, person, key, request),
                        () -> refuse(actor, key, request))));
    }

    /** Whose limits are judged; null for nobody's. */
    private Uni<UUID> judged(Actor actor, HoldRequest request) {
        return Boolean.TRUE.equals(request.checkLimits())
                ? bookedPerson.of(actor, new BookingRequest(request.slotId(), request.personId(), null, null))
                : Uni.createFrom().nullItem();
    }

    private Uni<Answer> take(Actor actor, UUID person, String key, HoldRequest request) {
        return once(actor, key)
                ? idempotency.once(actor.key() + ROUTE, key, request, tx -> hold(tx, actor, person, request))
                : database.write(tx -> hold(tx, actor, person, request));
    }

    private Uni<Answer> refuse(Actor actor, String key, HoldRequest request) {
        return once(actor, key)
                ? idempotency.refuse(actor.key() + ROUTE, key, request, BookingRefusals.slotFull())
                : Uni.createFrom().failure(BookingRefusals::slotFull);
    }

    private static boolean once(Actor actor, String key) {
        return actor.partner() || key != null;
    }

    private Uni<Answer> hold(SqlConnection tx, Actor actor, UUID person, HoldRequest request) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        int most = actor.partner() ? config.holdsPerPartner() : config.holdsPerCaller();
        return store.facts(tx, request.slotId())
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .invoke(facts -> check(facts, now))
                .call(facts -> judge(tx, person, request.slotId(), facts, now))
                .chain(facts -> {
                    HoldView hold = view(request.slotId(), facts, now);
                    return store.hold(tx, hold, facts, actor, most, now)
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

    private static void check(HoldStore.Facts facts, OffsetDateTime now) {
        SlotPolicy.Obstacle obstacle =
                SlotPolicy.obstacle(facts.open(), facts.mode(), facts.startAt(), facts.releaseAt(), now);
        if (obstacle != SlotPolicy.Obstacle.NONE) {
            boolean lifts = obstacle == SlotPolicy.Obstacle.NOT_RELEASED;
            throw BookingRefusals.obstacle(obstacle, lifts ? facts.releaseAt() : null);
        }
    }

    /** Without the person's lock: what slips through here is refused by the booking. */
    private Uni<Void> judge(SqlConnection tx, UUID person, UUID slot, HoldStore.Facts facts, OffsetDateTime now) {
        return person == null
                ? Uni.createFrom().voidItem()
                : bookings.history(tx, person, slot, LocalDate.now(clock))
                        .invoke(history -> limits.violated(
                                        history, new Visit(facts.visitDate(), facts.department()), now)
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
