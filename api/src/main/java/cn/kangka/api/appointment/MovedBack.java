package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingOrder.Action;
import cn.kangka.api.appointment.BookingStore.Booked;
import cn.kangka.api.directory.Channel;
import cn.kangka.kit.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A booking was moved, and the hospital refuses the new time: the person gets the old one back, unless somebody has it by now.
 * Its late-cancel mark goes too.
 */
@ApplicationScoped
class MovedBack {
    private final AppointmentStore store;
    private final BookingStore bookings;
    private final TransitionStore transitions;
    private final BookingNews news;

    MovedBack(AppointmentStore store, BookingStore bookings, TransitionStore transitions, BookingNews news) {
        this.store = store;
        this.bookings = bookings;
        this.transitions = transitions;
        this.news = news;
    }

    /**
     * Locks the session of the old time beside that of the new one, before the new one's unit changes.
     *
     * @param refused a booking whose lock and whose person's is held
     * @return the old booking; null when there is none to go back to
     */
    Uni<Appointment> from(SqlConnection tx, Appointment refused, OffsetDateTime now) {
        return store.movedFrom(tx, refused.id())
                .map(old -> old != null
                                && old.status() == AppointmentStatus.CANCELLED
                                && old.slot().start().isAfter(now)
                        ? old
                        : null)
                .call(old -> old == null
                        ? Uni.createFrom().voidItem()
                        : transitions.lockSessions(
                                tx, refused.session(), old.slot().id()));
    }

    /**
     * Books the old time again; whether it was still to be had. As what the refused one was: what a doctor wanted was given up with
     * the move to another department.
     */
    Uni<Boolean> book(SqlConnection tx, Appointment old, Appointment refused, OffsetDateTime now) {
        UUID id = Ids.at(now.toInstant().toEpochMilli());
        // Whose quota the old unit went back to: a reserved one came from none.
        Channel channel = old.reserved() ? refused.channel() : old.channel();
        Actor by = new Actor(refused.bookedByKind(), refused.bookedBy(), channel, null, null);
        return bookings.book(tx, id, refused.person(), old.slot(), null, by, refused.kind(), now)
                .map(outcome -> outcome == Booked.BOOKED)
                .call(back -> back
                        ? transitions
                                .moved(tx, id, refused.id())
                                .chain(() -> transitions.forgive(tx, old.id()))
                                .chain(() -> news.order(
                                        tx, Action.BOOK, id, 1, refused.person(), old.slot(), channel.label(), now))
                        : Uni.createFrom().voidItem());
    }
}
