package cn.kangka.api.appointment;

import cn.kangka.api.person.PersonMoved;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Keeps bookings, and what people wait for, with their people. A merge moves them to the survivor; where both have booked the
 * same session the later booking is cancelled without a mark. When that is undone, those that were there go back. After a split
 * they stay where they are and are flagged: only a person can say whose plan a booking was.
 */
@ApplicationScoped
class AppointmentsFollowPersons implements PersonMoved {
    private static final String BY = "MERGE";

    private final AppointmentStore store;
    private final TransitionStore transitions;
    private final Cancelling cancelling;
    private final WaitingStore waiting;
    private final Clock clock;

    AppointmentsFollowPersons(
            AppointmentStore store,
            TransitionStore transitions,
            Cancelling cancelling,
            WaitingStore waiting,
            Clock clock) {
        this.waiting = waiting;
        this.store = store;
        this.transitions = transitions;
        this.cancelling = cancelling;
        this.clock = clock;
    }

    @Override
    public Uni<Void> merged(SqlConnection tx, UUID loser, UUID survivor) {
        return transitions
                .lockPersons(tx, loser, survivor)
                .chain(() -> transitions.doubles(tx, loser, survivor))
                .chain(doubles -> end(tx, doubles))
                .chain(() -> transitions.rehome(tx, loser, survivor))
                .chain(() -> waiting.rehome(tx, loser, survivor, OffsetDateTime.now(clock)));
    }

    @Override
    public Uni<Void> revived(SqlConnection tx, UUID person, boolean suspect) {
        return transitions
                .giveBack(tx, person)
                .chain(() -> waiting.giveBack(tx, person))
                .chain(() -> suspectChanged(tx, person, suspect));
    }

    @Override
    public Uni<Void> suspectChanged(SqlConnection tx, UUID person, boolean suspect) {
        return transitions.review(tx, person, suspect);
    }

    private Uni<Void> end(SqlConnection tx, List<UUID> doubles) {
        Uni<Void> ended = Uni.createFrom().voidItem();
        for (UUID id : doubles) {
            ended = ended.chain(() -> store.lock(tx, id)).chain(appointment -> end(tx, appointment));
        }
        return ended;
    }

    private Uni<Void> end(SqlConnection tx, Appointment appointment) {
        return appointment.status() == AppointmentStatus.BOOKED
                ? cancelling.cancel(tx, appointment, false, BY, BY, OffsetDateTime.now(clock))
                : transitions.complete(tx, appointment.id());
    }
}
