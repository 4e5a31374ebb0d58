package cn.kangka.api.queue;

import cn.kangka.api.account.Callers;
import cn.kangka.api.appointment.Attendance;
import cn.kangka.api.appointment.Attendance.Visit;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Where a booking stands in its queue, now and live. */
@ApplicationScoped
public class QueuePositions {
    private static final String ACTION = "queue.read";

    private final Callers callers;
    private final Attendance attendance;
    private final Database database;
    private final QueueStore store;
    private final QueueWatch watch;
    private final QueueStreams streams;
    private final QueueConfig config;
    private final Clock clock;

    QueuePositions(
            Callers callers,
            Attendance attendance,
            Database database,
            QueueStore store,
            QueueWatch watch,
            QueueStreams streams,
            QueueConfig config,
            Clock clock) {
        this.callers = callers;
        this.attendance = attendance;
        this.database = database;
        this.store = store;
        this.watch = watch;
        this.streams = streams;
        this.config = config;
        this.clock = clock;
    }

    /** Now; 404 when the booking is not the caller's. */
    public Uni<QueueView> now(UUID id) {
        return attendance.visible(id, ACTION).chain(visit -> store.snapshot(database.pool(), visit.session())
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .map(queue -> rules(visit).view(visit, queue, OffsetDateTime.now(clock))));
    }

    private QueueRules rules(Visit visit) {
        return QueueRules.of(config, visit.rules());
    }

    /** Completes when the citizen may open a stream now; 404 for another's booking, 429 when too many are open. */
    Uni<Void> mayWatch(UUID id) {
        return callers.is("citizen")
                ? attendance.visible(id, ACTION).chain(() -> streams.room(callers.actor()))
                : Uni.createFrom().voidItem(); // Refused for the role.
    }

    /**
     * Now and whenever it changes; an empty item is a heartbeat. Ends with the caller's token, at the next heartbeat after the
     * right to see it ended, or when nothing more can change.
     *
     * @param life how long the caller's token is still valid
     */
    public Multi<Optional<QueueView>> live(UUID id, Duration life) {
        String account = callers.actor();
        UUID login = callers.login();
        return attendance
                .visible(id, ACTION)
                .onItem()
                .transformToMulti(
                        visit -> streams.counted(account, () -> follow(visit, UUID.fromString(account), login, life)));
    }

    private Multi<Optional<QueueView>> follow(Visit visit, UUID account, UUID login, Duration life) {
        AtomicReference<QueueView> shown = new AtomicReference<>();
        Multi<Optional<QueueView>> views = watch.of(visit.session())
                .onItem()
                .transformToUniAndConcatenate(queue -> view(visit, queue))
                .filter(view -> !view.equals(shown.getAndSet(view)))
                .map(Optional::of);
        Multi<Optional<QueueView>> beats = Multi.createFrom()
                .ticks()
                .startingAfter(config.heartbeat())
                .every(config.heartbeat())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> attendance.still(account, login, visit.id()))
                .map(still -> still ? Optional.empty() : END);
        return Multi.createBy()
                .merging()
                .streams(views, beats)
                .onItem()
                .transformToMultiAndConcatenate(QueuePositions::withEnd)
                .select()
                .first(event -> !END.equals(event))
                .select()
                .first(life);
    }

    /** Stands after the last view. */
    private static final Optional<QueueView> END = Optional.of(
            new QueueView(null, null, QueueView.State.CLOSED, null, null, null, null, null, null, null, null, 0, 0));

    private static Multi<Optional<QueueView>> withEnd(Optional<QueueView> event) {
        return event.isPresent() && event.get().over()
                ? Multi.createFrom().items(event, END)
                : Multi.createFrom().item(event);
    }

    /** Whoever has a ticket has come; only for the others the booking is read anew, for all of them together. */
    private Uni<QueueView> view(Visit visit, QueueSnapshot queue) {
        Uni<Visit> present = queue.of(visit.id()) == null
                ? attendance.watched(visit.id())
                : Uni.createFrom().item(visit.checkedIn());
        return present.map(now -> rules(now).view(now, queue, OffsetDateTime.now(clock)));
    }
}
