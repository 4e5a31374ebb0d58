package cn.kangka.api.appointment;

import cn.kangka.api.directory.Channel;
import cn.kangka.api.rush.Crowds;
import cn.kangka.api.rush.Turns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Where everybody comes who wants a unit: they go to the database in turn, and where there is a crowd, what is known to be gone
 * is refused without a look at it. It only sheds load; who gets a unit is decided by the database.
 */
@ApplicationScoped
class RushGate {
    private final SoldOut soldOut;
    private final Turns turns;
    private final Crowds crowds;

    RushGate(SoldOut soldOut, Turns turns, Crowds crowds) {
        this.crowds = crowds;
        this.soldOut = soldOut;
        this.turns = turns;
    }

    /**
     * @param hold the held unit that is asked for, or the booking whose move may take a reserved one; null for a free one
     * @param take tries to take a unit
     * @param refuse tells that there is none
     */
    <T> Uni<T> through(UUID slot, UUID hold, Channel channel, Supplier<Uni<T>> take, Supplier<Uni<T>> refuse) {
        return (crowds.at(slot) ? gone(slot, hold, channel) : Uni.createFrom().item(false))
                .chain(gone -> gone
                        ? refuse.get()
                        : turns.inTurn(waited -> waited ? unlessGone(slot, hold, channel, take) : take.get())
                                .onItem()
                                .ifNull()
                                .switchTo(refuse::get));
    }

    /** Null when the last unit went while the caller waited. */
    private <T> Uni<T> unlessGone(UUID slot, UUID hold, Channel channel, Supplier<Uni<T>> take) {
        return gone(slot, hold, channel).chain(gone -> gone ? Uni.createFrom().nullItem() : take.get());
    }

    private Uni<Boolean> gone(UUID slot, UUID hold, Channel channel) {
        return hold == null ? soldOut.full(slot, channel) : Uni.createFrom().item(false);
    }
}
