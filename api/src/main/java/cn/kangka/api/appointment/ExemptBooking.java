package cn.kangka.api.appointment;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The front door for visits that a doctor's institution makes: booked as all others are, but limits neither stop nor count them. */
@ApplicationScoped
public class ExemptBooking {
    private final Database database;
    private final Actors actors;
    private final BookingMaking making;
    private final BookingStore store;
    private final AppointmentStore appointments;
    private final Cancelling cancelling;
    private final CardHolders cards;
    private final BookingNews news;
    private final Clock clock;

    ExemptBooking(
            Database database,
            Actors actors,
            BookingMaking making,
            BookingStore store,
            AppointmentStore appointments,
            Cancelling cancelling,
            CardHolders cards,
            BookingNews news,
            Clock clock) {
        this.database = database;
        this.actors = actors;
        this.making = making;
        this.store = store;
        this.appointments = appointments;
        this.cancelling = cancelling;
        this.cards = cards;
        this.news = news;
        this.clock = clock;
    }

    /**
     * Books in the given transaction for whoever is calling; refusals as problems. A reserved unit is taken first.
     *
     * @param quiet the person is told of it by a notice of the caller's
     */
    public Uni<AppointmentView> book(SqlConnection tx, UUID person, UUID slot, VisitKind kind, boolean quiet) {
        return actors.writer()
                .chain(actor -> making.book(tx, actor, new BookingMaking.Wish(person, slot, null, kind, quiet)));
    }

    /**
     * Gives the unit of a booking back without a mark, if it still has one; the person is told by the caller.
     *
     * @param hospital where the booking is, or it is let be
     * @return false when the person was there already: nothing changed then
     */
    public Uni<Boolean> release(SqlConnection tx, UUID appointment, String hospital, String byKind, String by) {
        return appointments.lock(tx, appointment).chain(found -> {
            boolean here = found != null && found.slot().hospital().equals(hospital);
            boolean stands = here && found.status() == AppointmentStatus.BOOKED;
            boolean visited = here
                    && (found.status() == AppointmentStatus.CHECKED_IN
                            || found.status() == AppointmentStatus.COMPLETED);
            return (stands
                            ? cancelling.quietly(tx, found, false, byKind, by, OffsetDateTime.now(clock))
                            : Uni.createFrom().voidItem())
                    .replaceWith(!visited);
        });
    }

    /** Whether a booking is of this slot. */
    public Uni<Boolean> isAt(SqlConnection tx, UUID appointment, UUID slot) {
        return appointments
                .find(tx, appointment)
                .map(found -> found != null && found.slot().id().equals(slot));
    }

    /** The hospital of a slot; 404 when there is no such slot. */
    public Uni<String> hospitalOf(UUID slot) {
        return store.hospitalOf(database.pool(), slot).onItem().ifNull().failWith(Problems::notFound);
    }

    /** Whose card code it is, shown at an institution; used up. */
    public Uni<UUID> holderOf(String code, String institution, String client) {
        return cards.holderOf(code, institution, client);
    }

    /** Starts delivery now; call it after the commit. */
    public void wake() {
        news.wake();
    }
}
