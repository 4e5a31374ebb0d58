package cn.kangka.api.draw;

import cn.kangka.api.account.Callers;
import cn.kangka.api.appointment.Actor;
import cn.kangka.api.appointment.Allotment;
import cn.kangka.api.appointment.Allotment.Judged;
import cn.kangka.api.draw.DrawEntryStore.Entry;
import cn.kangka.api.draw.DrawStore.Session;
import cn.kangka.api.policy.Rule;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.idempotency.Idempotency;
import cn.kangka.kit.idempotency.Idempotency.Answer;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Taking part in draws, and taking it back while the window is open. */
@ApplicationScoped
public class DrawEntries {
    private static final int NAMED = 1;
    private static final String ROUTE = "/POST /v1/draw-entries";

    private final Database database;
    private final Callers callers;
    private final Allotment allotment;
    private final Idempotency idempotency;
    private final Drawing drawing;
    private final DrawStore draws;
    private final DrawEntryStore store;
    private final Audit audit;
    private final ObjectMapper json;
    private final Clock clock;

    DrawEntries(
            Database database,
            Callers callers,
            Allotment allotment,
            Idempotency idempotency,
            Drawing drawing,
            DrawStore draws,
            DrawEntryStore store,
            Audit audit,
            ObjectMapper json,
            Clock clock) {
        this.database = database;
        this.callers = callers;
        this.allotment = allotment;
        this.idempotency = idempotency;
        this.drawing = drawing;
        this.draws = draws;
        this.store = store;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Enters a person in the draw of a slot's session; who is in it already gets that entry.
     *
     * @param key the request's {@code Idempotency-Key}
     * @return 201 with a {@link DrawEntryView} as JSON; refusals as problems with {@code rule}
     */
    public Uni<Answer> enter(String key, DrawRequest request) {
        return allotment.actor().chain(actor -> session(request.slotId()).chain(session -> allotment
                .person(actor, request.slotId(), request.personId())
                .chain(person -> idempotency.once(
                        actor.key() + ROUTE, key, request, tx -> enter(tx, actor, person, session, request)))));
    }

    /** The slot's session; opens its draw when that is due and nobody has. */
    private Uni<Session> session(UUID slot) {
        return known(slot)
                .chain(session -> session.byLot() && session.status() == null
                        ? drawing.open(session.id()).chain(() -> known(slot))
                        : Uni.createFrom().item(session));
    }

    private Uni<Session> known(UUID slot) {
        return draws.session(database.pool(), slot).onItem().ifNull().failWith(Problems::notFound);
    }

    private Uni<Answer> enter(SqlConnection tx, Actor actor, UUID person, Session session, DrawRequest request) {
        return allotment.judge(tx, request.slotId(), person).chain(judged -> store.standing(
                        tx, session.id(), judged.person())
                .chain(before -> before != null ? answer(tx, before) : enter(tx, actor, judged, session, request)));
    }

    private Uni<Answer> enter(SqlConnection tx, Actor actor, Judged judged, Session session, DrawRequest request) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        check(judged, session, now);
        UUID id = UUID.randomUUID();
        return store.enter(
                        tx,
                        id,
                        session.id(),
                        judged.person(),
                        request,
                        actor,
                        session.rules().get(Rule.DRAW_ENTRIES),
                        now)
                .invoke(outcome -> refuseUnlessEntered(outcome, session))
                .chain(() -> audited(tx, actor, judged.person(), id, "draw.enter"))
                .chain(() -> answer(tx, id));
    }

    private static void check(Judged judged, Session session, OffsetDateTime now) {
        HttpProblem obstacle = Allotment.obstacle(judged, now);
        if (obstacle != null) {
            throw obstacle;
        }
        if (session.status() == null && session.byLot()) {
            throw DrawRefusals.notOpen(judged.releaseAt());
        }
        if (session.status() == null) {
            throw DrawRefusals.notByLot();
        }
        if (session.status() != DrawStatus.OPEN) {
            throw DrawRefusals.closed(session.closesAt(), session.drawsAt());
        }
        if (judged.refusal() != null) {
            throw judged.refusal();
        }
    }

    private static void refuseUnlessEntered(DrawEntryStore.Entered outcome, Session session) {
        switch (outcome) {
            case ENTERED -> {}
            case CLOSED -> throw DrawRefusals.closed(session.closesAt(), session.drawsAt());
            case BOOKED_ALREADY -> throw DrawRefusals.booked();
            case TOO_MANY -> throw DrawRefusals.tooMany(session.rules().get(Rule.DRAW_ENTRIES));
        }
    }

    /** Whoever enters somebody else is in that person's access log, with the entry or not at all. */
    private Uni<Void> audited(SqlConnection tx, Actor actor, UUID person, UUID entry, String action) {
        return person.equals(actor.person())
                ? Uni.createFrom().voidItem()
                : audit.record(tx, AuditEntry.allowed(actor.kind(), actor.id(), action, person, entry.toString()));
    }

    private Uni<Answer> answer(SqlConnection tx, UUID id) {
        return store.find(tx, id, OffsetDateTime.now(clock)).map(entry -> new Answer(201, write(entry.view())));
    }

    /** The calling citizen's own entries, or a dependant's (null: their own), the newest first. */
    public Uni<Page<DrawEntryView>> mine(@Nullable UUID person, int limit, String cursor) {
        return callers.citizen(NAMED)
                .chain(caller -> allotment.ofCitizen(caller, person, "draw.list"))
                .chain(whose -> of(whose, limit, cursor));
    }

    /** A person's, for staff; audited. */
    public Uni<Page<DrawEntryView>> ofPerson(UUID person, int limit, String cursor) {
        return allotment
                .actor()
                .chain(actor -> allotment.staff(actor, person, "draw.list"))
                .chain(() -> of(person, limit, cursor));
    }

    /** What the calling partner entered, the newest first; audited. */
    public Uni<Page<DrawEntryView>> byPartner(int limit, String cursor) {
        Cursor after = Cursor.decode(cursor);
        return allotment
                .actor()
                .call(actor -> allotment.listed(actor, "draw.list"))
                .chain(actor ->
                        store.byPartner(database.pool(), actor.id(), OffsetDateTime.now(clock), after, limit + 1))
                .map(rows -> page(rows, limit));
    }

    /** One; 404 when it is not the caller's. */
    public Uni<DrawEntryView> one(UUID id) {
        return allotment.actor().chain(actor -> found(actor, id, "draw.read")).map(Entry::view);
    }

    private Uni<Page<DrawEntryView>> of(UUID person, int limit, String cursor) {
        return store.ofPerson(database.pool(), person, OffsetDateTime.now(clock), Cursor.decode(cursor), limit + 1)
                .map(rows -> page(rows, limit));
    }

    private static Page<DrawEntryView> page(List<DrawEntryView> rows, int limit) {
        return Page.of(rows, limit, row -> new Cursor(row.enteredAt().toInstant(), row.id()));
    }

    /** Takes an entry back; the same again changes nothing. 404 when it is not the caller's, 409 when its list is closed. */
    public Uni<Void> leave(UUID id) {
        return allotment
                .actor()
                .chain(actor -> found(actor, id, "draw.leave"))
                .chain(entry -> database.write(tx -> store.leave(tx, id, OffsetDateTime.now(clock)))
                        .invoke(left -> {
                            if (!left) {
                                throw DrawRefusals.closed(
                                        entry.view().closesAt(), entry.view().drawsAt());
                            }
                        }))
                .replaceWithVoid();
    }

    /** The entry, if it is the caller's to see and change; else 404. */
    private Uni<Entry> found(Actor actor, UUID id, String action) {
        return store.find(database.pool(), id, OffsetDateTime.now(clock))
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .call(entry -> allotment.require(actor, entry.view().person(), entry.byKind(), entry.by(), id, action));
    }

    private String write(DrawEntryView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry that is not JSON", e);
        }
    }
}
