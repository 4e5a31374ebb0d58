package cn.kangka.api.queue;

import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.appointment.Attendance;
import cn.kangka.api.appointment.Attendance.Visit;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
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

/** Runs queues: doctors' stations call, and say who came. Only systems and clerks of the session's hospital, and supervisors. */
@ApplicationScoped
public class Queues {
    private static final int OK = 200;

    private final Callers callers;
    private final Denials denials;
    private final Database database;
    private final Idempotency idempotency;
    private final Attendance attendance;
    private final QueueStore store;
    private final TurnNews turns;
    private final Audit audit;
    private final ObjectMapper json;
    private final Clock clock;

    Queues(
            Callers callers,
            Denials denials,
            Database database,
            Idempotency idempotency,
            Attendance attendance,
            QueueStore store,
            TurnNews turns,
            Audit audit,
            ObjectMapper json,
            Clock clock) {
        this.callers = callers;
        this.denials = denials;
        this.database = database;
        this.idempotency = idempotency;
        this.attendance = attendance;
        this.store = store;
        this.turns = turns;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Calls the next into a room; two stations at once never call the same person.
     *
     * @param key the request's {@code Idempotency-Key}: a retry calls nobody else
     * @return 200 with a {@link CallView} as JSON; 404 when the session is not of the caller's hospital
     */
    public Uni<Answer> next(UUID session, String key, NextRequest request) {
        return runs(session, "queue.next")
                .chain(() -> idempotency.once(
                        callers.actorKind() + ":" + callers.actor() + "/POST /v1/queues/" + session + "/next",
                        key,
                        request,
                        tx -> next(tx, session, request.room())))
                .invoke(turns::soon);
    }

    private Uni<Answer> next(SqlConnection tx, UUID session, String room) {
        return store.next(tx, session, room, OffsetDateTime.now(clock))
                .call(ticket ->
                        ticket == null ? Uni.createFrom().voidItem() : audited(tx, "queue.next", ticket.appointment()))
                .chain(ticket -> store.snapshot(tx, session).map(queue -> CallView.of(ticket, queue)))
                .map(view -> new Answer(OK, write(view)));
    }

    /** Who was called did not come: may be put behind others. Again changes nothing; 409 for who was not called. */
    public Uni<BoardView> passed(UUID session, UUID appointment) {
        return runs(session, "queue.passed")
                .chain(() -> database.write(tx -> store.pass(tx, session, appointment)
                        .chain(passed -> passed
                                ? audited(tx, "queue.passed", appointment)
                                : passedBefore(tx, session, appointment))))
                .invoke(turns::soon)
                .chain(() -> board(session));
    }

    private Uni<Void> passedBefore(SqlConnection tx, UUID session, UUID appointment) {
        return attendance
                .find(tx, appointment)
                .invoke(visit -> known(session, visit))
                .chain(() -> store.place(tx, appointment))
                .invoke(place -> {
                    if (place.state() != TicketState.PASSED) {
                        throw QueueRefusals.notCalled();
                    }
                })
                .replaceWithVoid();
    }

    /** Who is there was seen: the visit is completed. Again changes nothing; 409 for who never checked in. */
    public Uni<BoardView> done(UUID session, UUID appointment) {
        return runs(session, "queue.done")
                .chain(() -> database.write(tx -> attendance
                        .lock(tx, appointment)
                        .invoke(visit -> known(session, visit))
                        .chain(visit -> done(tx, visit))))
                .invoke(turns::soon)
                .chain(() -> board(session));
    }

    private Uni<Void> done(SqlConnection tx, Visit visit) {
        return switch (visit.status()) {
            case CHECKED_IN -> attendance.seen(tx, visit.id()).chain(() -> audited(tx, "queue.done", visit.id()));
            case COMPLETED -> Uni.createFrom().voidItem();
            case BOOKED, MISSED, CANCELLED, REFUSED, STOPPED -> Uni.createFrom().failure(QueueRefusals.notCheckedIn());
        };
    }

    private static void known(UUID session, Visit visit) {
        if (visit == null || !visit.session().equals(session)) {
            throw Problems.notFound();
        }
    }

    /** What the waiting room shows: numbers only; 404 when there is no such session. */
    public Uni<BoardView> board(UUID session) {
        return store.snapshot(database.pool(), session)
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .map(QueueSnapshot::board);
    }

    /** A hospital runs its own queues only. */
    private Uni<Void> runs(UUID session, String action) {
        return store.hospitalOf(database.pool(), session)
                .chain(hospital -> hospital != null
                                && (callers.is("supervisor")
                                        || callers.sources().contains(hospital))
                        ? Uni.createFrom().voidItem()
                        : denials.notFound(action, null, session.toString()));
    }

    /** What a station of the hospital does is its own business; people at our console are in the person's access log. */
    private Uni<Void> audited(SqlConnection tx, String action, UUID appointment) {
        return callers.is("supervisor") || callers.is("clerk")
                ? attendance
                        .find(tx, appointment)
                        .chain(visit -> audit.record(
                                tx,
                                AuditEntry.allowed(
                                        callers.actorKind(),
                                        callers.actor(),
                                        action,
                                        visit.person(),
                                        appointment.toString())))
                : Uni.createFrom().voidItem();
    }

    private String write(CallView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a call that is not JSON", e);
        }
    }
}
