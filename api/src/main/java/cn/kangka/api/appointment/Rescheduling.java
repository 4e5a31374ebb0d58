package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingNews.Told;
import cn.kangka.api.appointment.BookingOrder.Action;
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
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;

/**
 * Moves a booking to another slot in one transaction: the old unit is given back only when the new one is won; else nothing
 * has changed. The new booking has an id of its own, and remembers the old one.
 */
@ApplicationScoped
public class Rescheduling {
    private final Database database;
    private final Actors actors;
    private final AppointmentStore appointments;
    private final AppointmentAccess access;
    private final BookingStore bookings;
    private final TransitionStore transitions;
    private final Cancelling cancelling;
    private final Idempotency idempotency;
    private final BookingNews news;
    private final ObjectMapper json;
    private final Clock clock;
    private final LimitPolicy limits;

    Rescheduling(
            Database database,
            Actors actors,
            AppointmentStore appointments,
            AppointmentAccess access,
            BookingStore bookings,
            TransitionStore transitions,
            Cancelling cancelling,
            Idempotency idempotency,
            BookingNews news,
            ObjectMapper json,
            Clock clock,
            Rules rules) {
        this.database = database;
        this.actors = actors;
        this.appointments = appointments;
        this.access = access;
        this.bookings = bookings;
        this.transitions = transitions;
        this.cancelling = cancelling;
        this.idempotency = idempotency;
        this.news = news;
        this.json = json;
        this.clock = clock;
        this.limits = LimitPolicy.of(rules.region(), clock.getZone());
    }

    /**
     * Moves a booking of the caller's. After the deadline the move counts as a late cancel, as giving the unit back then does.
     *
     * @param key the request's {@code Idempotency-Key}
     * @return 201 with the new booking as JSON; 404 when the old one is not the caller's; 409 as for a booking, and
     *     {@code appointment-not-cancellable} when the old one began or has another end
     */
    public Uni<Answer> move(String key, UUID id, RescheduleRequest request) {
        return actors.writer()
                .call(actor -> appointments
                        .find(database.pool(), id)
                        .chain(found -> access.require(actor, found, "appointment.reschedule")))
                .chain(actor -> idempotency.once(
                        actor.key() + "/POST /v1/appointments/" + id + "/reschedule",
                        key,
                        request,
                        tx -> move(tx, actor, id, request)))
                .invoke(news::wake);
    }

    private Uni<Answer> move(SqlConnection tx, Actor actor, UUID id, RescheduleRequest request) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return appointments.lock(tx, id).chain(old -> bookings.facts(
                        tx, request.slotId(), old.person(), LocalDate.now(clock))
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .chain(facts -> move(tx, actor, old, facts, request, now)));
    }

    private Uni<Answer> move(
            SqlConnection tx,
            Actor actor,
            Appointment old,
            BookingFacts facts,
            RescheduleRequest request,
            OffsetDateTime now) {
        boolean late =
                switch (CancelPolicy.decide(old.status(), old.slot().start(), old.cancelUntil(), now)) {
                    case CANCEL -> false;
                    case CANCEL_LATE -> !old.hospitalMoved();
                    case ALREADY, TOO_LATE -> throw BookingRefusals.notCancellable();
                };
        if (old.slot().id().equals(request.slotId())) {
            throw Problems.invalid("slotId", "other-slot");
        }
        BookingRefusals.refuseWhatCannotBeBooked(facts, now);
        VisitKind kind = old.kindIn(facts.slot().department().id());
        judge(old, facts, kind, now);
        UUID id = Ids.at(now.toInstant().toEpochMilli());
        return transitions
                .lockSessions(tx, old.session(), request.slotId())
                .chain(() -> cancelling.quietly(tx, old, late, actor.kind(), actor.id(), now))
                .chain(() -> bookings.book(tx, id, old.person(), facts.slot(), request.holdId(), actor, kind, now))
                .invoke(BookingRefusals::refuseUnlessBooked)
                .chain(() -> transitions.moved(tx, id, old.id()))
                .chain(() -> tell(tx, actor, id, old, facts.slot(), now))
                .map(told -> new Answer(
                        201, write(AppointmentView.booked(id, old.person(), facts.slot(), actor, kind, now))));
    }

    private void judge(Appointment old, BookingFacts facts, VisitKind kind, OffsetDateTime now) {
        if (kind.exempt()) {
            return;
        }
        limits.violated(old.besides(facts.history()), facts.wanted(), now).ifPresent(verdict -> {
            throw BookingRefusals.limit(verdict);
        });
    }

    private Uni<Void> tell(
            SqlConnection tx, Actor actor, UUID id, Appointment old, BookedSlot slot, OffsetDateTime now) {
        Map<String, String> more = Map.of(
                "status",
                HospitalStatus.PENDING.name(),
                "was",
                old.slot().start().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        return news.order(
                        tx,
                        Action.BOOK,
                        id,
                        1,
                        old.person(),
                        slot,
                        actor.channel().label(),
                        now)
                .chain(() -> news.tell(tx, Told.MOVED, id, old.person(), slot, more));
    }

    private String write(AppointmentView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a booking that is not JSON", e);
        }
    }
}
