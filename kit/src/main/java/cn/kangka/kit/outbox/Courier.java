package cn.kangka.kit.outbox;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Carries events to their destination, outside any transaction. */
@FunctionalInterface
public interface Courier {
    /**
     * Delivers a batch: at most one event per aggregate, all of one destination.
     *
     * @return one outcome per event, in the same order; a failure counts as a retry of all
     */
    Uni<List<Delivery>> deliver(List<OutboxEvent> batch);
}
