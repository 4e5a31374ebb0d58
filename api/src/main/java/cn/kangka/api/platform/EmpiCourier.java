package cn.kangka.api.platform;

import cn.kangka.api.platform.EmpiOrderClient.CardWish;
import cn.kangka.kit.outbox.Courier;
import cn.kangka.kit.outbox.Delivery;
import cn.kangka.kit.outbox.OutboxEvent;
import cn.kangka.kit.trace.Traces;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Carries booking orders to the index in batches (each event has its own answer and its own trace inside), and wishes
 * for a card one by one.
 */
@ApplicationScoped
class EmpiCourier implements Courier {
    private final EmpiOrderClient empi;
    private final ObjectMapper json;
    private final Clock clock;
    private final Vertx vertx;
    private final OutboxConfig config;

    EmpiCourier(@RestClient EmpiOrderClient empi, ObjectMapper json, Clock clock, Vertx vertx, OutboxConfig config) {
        this.empi = empi;
        this.json = json;
        this.clock = clock;
        this.vertx = vertx;
        this.config = config;
    }

    @Override
    public Uni<List<Delivery>> deliver(List<OutboxEvent> batch) {
        Map<Boolean, List<OutboxEvent>> byKind = batch.stream()
                .collect(Collectors.partitioningBy(event -> event.type().equals(CardOrders.CARD)));
        return orders(byKind.get(false))
                .flatMap(orders -> cards(byKind.get(true)).map(cards -> {
                    List<Attempt> all = new ArrayList<>(orders);
                    all.addAll(cards);
                    return Attempt.inOrder(batch, all);
                }));
    }

    private Uni<List<Attempt>> orders(List<OutboxEvent> batch) {
        if (batch.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        EventsOut out = new EventsOut(batch.stream().map(this::event).toList());
        return Contexts.apart(vertx, () -> empi.send(out))
                .map(answer -> answer.results().stream()
                        .map(result -> new Attempt(result.id(), delivery(result)))
                        .toList())
                .onFailure()
                .recoverWithItem(failure -> batch.stream()
                        .map(event -> new Attempt(event.id(), Deliveries.failed(failure)))
                        .toList());
    }

    private Uni<List<Attempt>> cards(List<OutboxEvent> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUni(this::card)
                .merge(config.concurrency())
                .collect()
                .asList();
    }

    private Uni<Attempt> card(OutboxEvent event) {
        UUID person = CardOrders.person(event);
        return Contexts.apart(
                        vertx,
                        () -> Traces.within(
                                event.trace(),
                                "outbox " + event.type(),
                                SpanKind.PRODUCER,
                                () -> empi.card(person, new CardWish("app"))))
                .replaceWith(Delivery.DONE)
                .onFailure()
                .recoverWithItem(Deliveries::failed)
                .map(outcome -> new Attempt(event.id(), outcome));
    }

    private EventsOut.Event event(OutboxEvent event) {
        try {
            return new EventsOut.Event(
                    event.id(),
                    event.aggregate(),
                    event.version(),
                    event.type(),
                    OffsetDateTime.now(clock).toString(),
                    event.trace(),
                    json.readTree(event.payload()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outbox row that is not JSON: " + event.id(), e);
        }
    }

    private static Delivery delivery(EventsOut.Result result) {
        return switch (result.outcome()) {
            case "DONE" -> Delivery.DONE;
            case "PARK" -> Delivery.parked(result.reason());
            default -> Delivery.retry(result.reason());
        };
    }
}
