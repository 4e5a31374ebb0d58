package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingNews.Told;
import cn.kangka.api.appointment.BookingOrder.Action;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Map;

/** Cancels a locked booking: unit back, hospital and person told. */
@ApplicationScoped
class Cancelling {
    private final TransitionStore store;
    private final BookingNews news;

    Cancelling(TransitionStore store, BookingNews news) {
        this.store = store;
        this.news = news;
    }

    Uni<Void> cancel(
            SqlConnection tx, Appointment appointment, boolean late, String byKind, String by, OffsetDateTime now) {
        return quietly(tx, appointment, late, byKind, by, now)
                .chain(() -> news.tell(
                        tx,
                        Told.CANCELLED,
                        appointment.id(),
                        appointment.person(),
                        appointment.slot(),
                        Map.of("status", AppointmentStatus.CANCELLED.name())));
    }

    /** The same without telling the person, who hears of something else that happened with it. */
    Uni<Void> quietly(
            SqlConnection tx, Appointment appointment, boolean late, String byKind, String by, OffsetDateTime now) {
        return store.cancel(tx, appointment, late, byKind, by, now).chain(() -> order(tx, appointment));
    }

    /** Tells the hospital to drop it. */
    Uni<Void> order(SqlConnection tx, Appointment appointment) {
        return news.order(
                tx,
                Action.CANCEL,
                appointment.id(),
                appointment.version() + 1,
                appointment.person(),
                appointment.slot(),
                appointment.channel().label(),
                appointment.bookedAt());
    }
}
