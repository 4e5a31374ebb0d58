package cn.kangka.api.appointment;

import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Cancels bookings for whoever may see them. */
@ApplicationScoped
public class Cancellation {
    private final Database database;
    private final Actors actors;
    private final AppointmentStore store;
    private final AppointmentAccess access;
    private final Cancelling cancelling;
    private final BookingNews news;
    private final Clock clock;

    Cancellation(
            Database database,
            Actors actors,
            AppointmentStore store,
            AppointmentAccess access,
            Cancelling cancelling,
            BookingNews news,
            Clock clock) {
        this.database = database;
        this.actors = actors;
        this.store = store;
        this.access = access;
        this.cancelling = cancelling;
        this.news = news;
        this.clock = clock;
    }

    /**
     * Cancels; the same again gives the same answer.
     *
     * @return the booking as it is now; 404 when it is not the caller's, 409 {@code appointment-not-cancellable} when it
     *     began or has another end
     */
    public Uni<AppointmentView> cancel(UUID id) {
        return actors.writer()
                .call(actor -> store.find(database.pool(), id)
                        .chain(found -> access.require(actor, found, "appointment.cancel")))
                .chain(actor -> database.write(tx -> cancel(tx, actor, id)))
                .invoke(news::wake);
    }

    private Uni<AppointmentView> cancel(SqlConnection tx, Actor actor, UUID id) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.lock(tx, id)
                .chain(appointment -> decide(tx, actor, appointment, now))
                .chain(() -> store.find(tx, id))
                .map(Appointment::view);
    }

    private Uni<Void> decide(SqlConnection tx, Actor actor, Appointment appointment, OffsetDateTime now) {
        return switch (CancelPolicy.decide(
                appointment.status(), appointment.slot().start(), appointment.cancelUntil(), now)) {
            case CANCEL -> cancelling.cancel(tx, appointment, false, actor.kind(), actor.id(), now);
            // Who was given another time by the hospital may drop it at any moment.
            case CANCEL_LATE ->
                cancelling.cancel(tx, appointment, !appointment.hospitalMoved(), actor.kind(), actor.id(), now);
            case ALREADY -> Uni.createFrom().voidItem();
            case TOO_LATE -> Uni.createFrom().failure(BookingRefusals.notCancellable());
        };
    }
}
