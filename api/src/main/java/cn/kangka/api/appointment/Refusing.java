package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingNews.Told;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * A hospital does not have a booking, whichever way it says so: the unit is blocked, the person is told, and whoever was moved
 * there before the hospital had decided gets the old time back.
 */
@ApplicationScoped
class Refusing {
    private final TransitionStore transitions;
    private final MovedBack movedBack;
    private final BookingNews news;

    Refusing(TransitionStore transitions, MovedBack movedBack, BookingNews news) {
        this.transitions = transitions;
        this.movedBack = movedBack;
        this.news = news;
    }

    /**
     * Refuses a booking that is BOOKED, and whose lock and whose person's is held.
     *
     * @param reason the hospital's; null when it gave none
     */
    Uni<Void> refuse(SqlConnection tx, Appointment booking, @Nullable String reason, OffsetDateTime now) {
        boolean undecided = booking.hospitalStatus() == HospitalStatus.PENDING && !booking.reordered();
        Uni<Appointment> before =
                undecided ? movedBack.from(tx, booking, now) : Uni.createFrom().nullItem();
        return before.chain(old -> transitions
                .refuse(tx, booking, reason, now)
                .chain(() -> old == null ? Uni.createFrom().item(false) : movedBack.book(tx, old, booking, now))
                .chain(back -> news.tell(
                        tx,
                        Told.REFUSED,
                        booking.id(),
                        booking.person(),
                        booking.slot(),
                        Map.of(
                                "status",
                                HospitalStatus.REFUSED.name(),
                                "reason",
                                reason == null ? "" : reason,
                                "back",
                                back ? old.slot().start().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME) : ""))));
    }
}
