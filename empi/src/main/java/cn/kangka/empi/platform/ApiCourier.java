package cn.kangka.empi.platform;

import cn.kangka.kit.outbox.Courier;
import cn.kangka.kit.outbox.Delivery;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Carries events to {@code api} in batches; each has its own outcome. A failed call is a retry of all of them. */
@ApplicationScoped
class ApiCourier implements Courier {
    private static final int TIME_SHIFT = 16;

    private final ApiEventsClient api;
    private final ObjectMapper json;
    private final Vertx vertx;

    ApiCourier(@RestClient ApiEventsClient api, ObjectMapper json, Vertx vertx) {
        this.api = api;
        this.json = json;
        this.vertx = vertx;
    }

    @Override
    public Uni<List<Delivery>> deliver(List<OutboxEvent> batch) {
        return Uni.createFrom().emitter(emitter -> apart().runOnContext(ignored -> api.send(
                        new ApiEvents(batch.stream().map(this::event).toList()))
                .map(answer -> outcomes(batch, answer))
                .subscribe()
                .with(emitter::complete, emitter::fail)));
    }

    /** A context of its own, because traces live on the context. */
    private Context apart() {
        return VertxContext.createNewDuplicatedContext(VertxContext.getRootContext(vertx.getOrCreateContext()));
    }

    private ApiEvents.Event event(OutboxEvent event) {
        try {
            return new ApiEvents.Event(
                    event.id(),
                    event.aggregate(),
                    event.version(),
                    event.type(),
                    madeAt(event.id()).toString(),
                    event.trace(),
                    json.readTree(event.payload()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outbox row that is not JSON: " + event.id(), e);
        }
    }

    /** The time inside a UUIDv7. */
    private static Instant madeAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_SHIFT);
    }

    private static List<Delivery> outcomes(List<OutboxEvent> batch, ApiEvents.Answer answer) {
        Map<UUID, ApiEvents.Result> byId = answer.results().stream()
                .collect(Collectors.toMap(ApiEvents.Result::id, Function.identity(), (first, again) -> first));
        return batch.stream().map(event -> delivery(byId.get(event.id()))).toList();
    }

    private static Delivery delivery(ApiEvents.Result result) {
        if (result == null) {
            return Delivery.retry("not answered");
        }
        String reason = result.reason() == null ? result.outcome() : result.reason();
        return switch (result.outcome()) {
            case "DONE" -> Delivery.DONE;
            case "PARK" -> Delivery.parked(reason);
            default -> Delivery.retry(reason);
        };
    }
}
