package cn.kangka.api.appointment;

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
import java.time.OffsetDateTime;
import java.util.UUID;

/** Keeps a unit for somebody while they confirm. */
@ApplicationScoped
public class Holds {
    private static final String ROUTE = "/POST /v1/holds";

    private final Database database;
    private final Idempotency idempotency;
    private final Actors actors;
    private final RushGate rush;
    private final HoldStore store;
    private final AppointmentConfig config;
    private final ObjectMapper json;
    private final Clock clock;

    Holds(
            Database database,
            Idempotency idempotency,
            Actors actors,
            RushGate rush,
            HoldStore store,
            AppointmentConfig config,
            ObjectMapper json,
            Clock clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.actors = actors;
        this.rush = rush;
        this.store = store;
        this.config = config;
        this.json = json;
        this.clock = clock;
    }

    /** Holds a unit; partners must send a key, the others may. 201 with a {@link HoldView} as JSON. */
    public Uni<Answer> hold(String key, HoldRequest request) {
        return actors.writer()
                .chain(actor -> rush.through(
                        request.slotId(),
                        null,
                        actor.channel(),
                        () -> take(actor, key, request),
                        () -> refuse(actor, key, request)));
    }

    private Uni<Answer> take(Actor actor, String key, HoldRequest request) {
        return once(actor, key)
                ? idempotency.once(actor.key() + ROUTE, key, request, tx -> hold(tx, actor, request))
                : database.write(tx -> hold(tx, actor, request));
    }

    private Uni<Answer> refuse(Actor actor, String key, HoldRequest request) {
        return once(actor, key)
                ? idempotency.refuse(actor.key() + ROUTE, key, request, BookingRefusals.slotFull())
                : Uni.createFrom().failure(BookingRefusals::slotFull);
    }

    private static boolean once(Actor actor, String key) {
        return actor.partner() || key != null;
    }

    private Uni<Answer> hold(SqlConnection tx, Actor actor, HoldRequest request) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        int most = actor.partner() ? config.holdsPerPartner() : config.holdsPerCaller();
        HoldView hold = new HoldView(Ids.next(), request.slotId(), now.plus(config.hold()));
        return store.facts(tx, request.slotId())
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .invoke(facts -> check(facts, now))
                .chain(facts -> store.hold(tx, hold, facts, actor, most, now))
                .invoke(outcome -> refuseUnlessHeld(outcome, most))
                .map(held -> new Answer(201, write(hold)));
    }

    private static void check(HoldStore.Facts facts, OffsetDateTime now) {
        SlotPolicy.Obstacle obstacle =
                SlotPolicy.obstacle(facts.open(), facts.mode(), facts.startAt(), facts.releaseAt(), now);
        if (obstacle != SlotPolicy.Obstacle.NONE) {
            boolean lifts = obstacle == SlotPolicy.Obstacle.NOT_RELEASED;
            throw BookingRefusals.obstacle(obstacle, lifts ? facts.releaseAt() : null);
        }
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
