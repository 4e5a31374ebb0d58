package cn.kangka.api.appointment;

import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;

/**
 * Marks as missed what nobody came to, and tells the hospital where we know it: a booking that only lapsed, since nobody could see
 * who came, is no no-show to anybody.
 */
@ApplicationScoped
class NoShows {
    private final Database database;
    private final TransitionStore transitions;
    private final AppointmentStore store;
    private final BookingNews news;
    private final AppointmentConfig config;
    private final Clock clock;

    NoShows(
            Database database,
            TransitionStore transitions,
            AppointmentStore store,
            BookingNews news,
            AppointmentConfig config,
            Clock clock) {
        this.database = database;
        this.transitions = transitions;
        this.store = store;
        this.news = news;
        this.config = config;
        this.clock = clock;
    }

    /** One batch; how many. */
    Uni<Integer> mark() {
        OffsetDateTime endedBefore = OffsetDateTime.now(clock).minus(config.missedAfter());
        return database.write(tx -> transitions
                .missed(tx, endedBefore, config.missedBatch())
                .call(missed -> store.all(tx, missed.marked()).chain(marked -> news.missed(tx, marked)))
                .map(TransitionStore.Missed::count));
    }
}
