package cn.kangka.api.platform;

import cn.kangka.kit.outbox.Delivery;
import cn.kangka.kit.outbox.OutboxEvent;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What became of one event; attempts may end in any order. */
record Attempt(UUID event, Delivery outcome) {
    /** The outcomes in the order of the batch; an event without one comes again. */
    static List<Delivery> inOrder(List<OutboxEvent> batch, List<Attempt> attempts) {
        Map<UUID, Delivery> byEvent =
                attempts.stream().collect(Collectors.toMap(Attempt::event, Attempt::outcome, (first, again) -> again));
        return batch.stream()
                .map(event -> byEvent.getOrDefault(event.id(), Delivery.retry("not answered")))
                .toList();
    }
}
