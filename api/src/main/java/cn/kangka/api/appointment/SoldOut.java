package cn.kangka.api.appointment;

import cn.kangka.api.appointment.AvailabilityStore.Place;
import cn.kangka.api.directory.Channel;
import cn.kangka.api.rush.RecentAnswers;
import cn.kangka.api.rush.RushConfig;
import cn.kangka.api.rush.SlotChanges;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Knows which slots have no unit left, without asking the database for everybody who wants one. A yes is true until a unit
 * comes back; a no decides nothing.
 */
@ApplicationScoped
class SoldOut {
    private static final int KEPT = 50_000;
    /** A slot never moves to another department. */
    private static final Duration PLACES = Duration.ofHours(1);

    private record Wish(UUID slot, Channel channel) {}

    private final AvailabilityStore store;
    private final SlotChanges changes;
    private final Clock clock;
    private final RecentAnswers<UUID, Place> places;
    private final RecentAnswers<Wish, Boolean> full;

    SoldOut(AvailabilityStore store, SlotChanges changes, Clock clock, RushConfig config) {
        this.store = store;
        this.changes = changes;
        this.clock = clock;
        this.places = new RecentAnswers<>(clock, PLACES, KEPT, (slot, place) -> 1);
        this.full = new RecentAnswers<>(clock, config.oldest(), KEPT, (wish, known) -> 1);
    }

    /** Whether nobody can get a unit of that slot through that channel, not even who waited for one. */
    Uni<Boolean> full(UUID slot, Channel channel) {
        return places.answer(slot, 0, () -> store.place(slot))
                .chain(place -> place == null
                        ? Uni.createFrom().item(false)
                        : full.answer(
                                new Wish(slot, channel),
                                changes.count(place.hospital(), place.department()),
                                () -> store.hasRoom(slot, channel, OffsetDateTime.now(clock))
                                        .map(room -> !room)));
    }
}
