package cn.kangka.api.platform;

import cn.kangka.kit.outbox.Courier;
import cn.kangka.kit.outbox.Delivery;
import cn.kangka.kit.outbox.OutboxEvent;
import cn.kangka.kit.trace.Traces;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Hands over notices one by one, each in its own trace, some at a time: one that is refused holds back no other. */
@ApplicationScoped
class NoticeCourier implements Courier {
    private final NoticeClient notification;
    private final ObjectMapper json;
    private final OutboxConfig config;
    private final Vertx vertx;

    NoticeCourier(@RestClient NoticeClient notification, ObjectMapper json, OutboxConfig config, Vertx vertx) {
        this.notification = notification;
        this.json = json;
        this.config = config;
        this.vertx = vertx;
    }

    @Override
    public Uni<List<Delivery>> deliver(List<OutboxEvent> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUni(this::apart)
                .merge(config.concurrency())
                .collect()
                .asList()
                .map(delivered -> Attempt.inOrder(batch, delivered));
    }

    private Uni<Attempt> apart(OutboxEvent event) {
        return Contexts.apart(
                        vertx,
                        () -> Traces.within(
                                event.trace(), "outbox " + event.type(), SpanKind.PRODUCER, () -> send(event)))
                .replaceWith(Delivery.DONE)
                .onFailure()
                .recoverWithItem(Deliveries::failed)
                .map(outcome -> new Attempt(event.id(), outcome));
    }

    private Uni<Response> send(OutboxEvent event) {
        JsonNode payload = read(event);
        return switch (event.type()) {
            case Notices.NOTICE -> notification.tell(payload);
            case Notices.CANCEL -> notification.cancel(payload.path("key").asText());
            case Notices.ACCOUNT -> account(payload);
            default -> throw new IllegalArgumentException("no way to deliver " + event.type());
        };
    }

    private Uni<Response> account(JsonNode payload) {
        ObjectNode state = payload.deepCopy();
        UUID account = UUID.fromString(state.remove("account").asText());
        return notification.account(account, state);
    }

    private JsonNode read(OutboxEvent event) {
        try {
            return json.readTree(event.payload());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outbox row that is not JSON: " + event.id(), e);
        }
    }
}
