package cn.kangka.empi.fhir;

import cn.kangka.empi.fhir.SubscriptionStore.Kept;
import cn.kangka.empi.hospital.MessageLog;
import cn.kangka.empi.hospital.MessageLog.Outcome;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.outbox.Courier;
import cn.kangka.kit.outbox.Delivery;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Posts messages to a subscriber's endpoint, one after the other. 2xx is taken; 400, 404, 410, 413, 415 and 422 are its refusal of
 * this message, which waits for staff then; everything else, and silence, is tried again.
 */
@ApplicationScoped
class SubscriptionCourier implements Courier {
    private static final Set<Integer> REFUSED = Set.of(400, 404, 405, 410, 413, 415, 422);
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final SubscriptionStore subscriptions;
    private final Sources sources;
    private final FhirParsing parsing;
    private final MessageLog log;
    private final Database database;
    private final FhirConfig config;
    private final ObjectMapper json;
    private final Clock clock;
    private final HttpClient http;

    SubscriptionCourier(
            SubscriptionStore subscriptions,
            Sources sources,
            FhirParsing parsing,
            MessageLog log,
            Database database,
            FhirConfig config,
            ObjectMapper json,
            Clock clock,
            Vertx vertx) {
        this.subscriptions = subscriptions;
        this.sources = sources;
        this.parsing = parsing;
        this.log = log;
        this.database = database;
        this.config = config;
        this.json = json;
        this.clock = clock;
        this.http = vertx.createHttpClient(new HttpClientOptions(new NetClientOptions()
                        .setConnectTimeout((int) config.answerTimeout().toMillis()))
                .setMaxPoolSize(config.connections()));
    }

    @PreDestroy
    void close() {
        http.close();
    }

    @Override
    public Uni<List<Delivery>> deliver(List<OutboxEvent> batch) {
        UUID id = UUID.fromString(batch.get(0).destination().replaceFirst(".*/", ""));
        return subscriptions
                .find(database.pool(), id)
                .chain(kept -> kept == null || kept.status().equals("off")
                        // Nobody is interested any more.
                        ? Uni.createFrom()
                                .item(batch.stream().map(event -> Delivery.DONE).toList())
                        : Multi.createFrom()
                                .iterable(batch)
                                .onItem()
                                .transformToUniAndConcatenate(event -> deliver(kept, event))
                                .collect()
                                .asList());
    }

    private Uni<Delivery> deliver(Kept kept, OutboxEvent event) {
        return Uni.createFrom()
                .item(() -> message(kept, event))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(message -> Uni.createFrom()
                        .<Outcome>emitter(emitter -> post(message, event).onComplete(emitter::complete, emitter::fail))
                        .onFailure()
                        .recoverWithItem(failure ->
                                outcome(0, "not reached: " + failure.getClass().getSimpleName(), null, event))
                        .chain(outcome -> settled(kept, event, message, outcome)));
    }

    private Uni<Delivery> settled(Kept kept, OutboxEvent event, Message message, Outcome outcome) {
        boolean refused = REFUSED.contains(outcome.status());
        return log.sent(event, kept.source(), message.body(), outcome, !refused)
                .chain(() -> subscriptions.note(database.pool(), kept.id(), outcome.error()))
                .replaceWith(() -> outcome.error() == null
                        ? Delivery.DONE
                        : refused ? Delivery.parked(outcome.error()) : Delivery.retry(outcome.error()));
    }

    /** What is sent, and where. */
    private record Message(String endpoint, String body, String type, List<String[]> headers) {}

    private Message message(Kept kept, OutboxEvent event) {
        try {
            JsonNode subscription = json.readTree(kept.content());
            JsonNode channel = subscription.path("channel");
            String endpoint = channel.path("endpoint").asText();
            boolean allowed = sources.byId(kept.source())
                    .filter(source -> SubscriptionRules.isBelow(endpoint, source.fhirEndpoint()))
                    .isPresent();
            if (!allowed) {
                throw new IllegalStateException("the endpoint is not below what is configured any more");
            }
            boolean xml = channel.path("payload").asText().contains("xml");
            String text = feed(event, endpoint).toString();
            return new Message(
                    endpoint,
                    xml ? parsing.xml(text) : text,
                    (xml ? FhirCall.Format.XML : FhirCall.Format.JSON).mediaType(),
                    SubscriptionRules.headers(channel));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a subscription that is not JSON", e);
        }
    }

    /** A message whose focus is the history; its id is the event's, so that a receiver knows it when it comes again. */
    private ObjectNode feed(OutboxEvent event, String endpoint) throws JsonProcessingException {
        ObjectNode bundle = Nodes.object()
                .put("resourceType", "Bundle")
                .put("id", event.id().toString())
                .put("type", "message")
                .put("timestamp", clock.instant().toString());
        String history = "urn:uuid:"
                + new UUID(event.id().getMostSignificantBits(), ~event.id().getLeastSignificantBits());
        ObjectNode first = bundle.putArray("entry").addObject().put("fullUrl", "urn:uuid:" + event.id());
        ObjectNode header = first.putObject("resource")
                .put("resourceType", "MessageHeader")
                .put("id", event.id().toString())
                .put("eventUri", PatientMessage.EVENT);
        header.putArray("destination").addObject().put("endpoint", endpoint);
        header.putObject("source").put("endpoint", config.base());
        header.putArray("focus").addObject().put("reference", history);
        bundle.withArray("/entry").addObject().put("fullUrl", history).set("resource", json.readTree(event.payload()));
        return bundle;
    }

    private Future<Outcome> post(Message message, OutboxEvent event) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(message.endpoint())
                .setFollowRedirects(false)
                .setTimeout(config.answerTimeout().toMillis())
                .putHeader("Content-Type", message.type())
                .putHeader("Accept", message.type());
        message.headers().forEach(header -> options.putHeader(header[0], header[1]));
        return http.request(options)
                .compose(request -> request.send(message.body()))
                .compose(response -> response.body().map(body -> {
                    String answer =
                            body.length() > LONGEST_ANSWER ? body.getString(0, LONGEST_ANSWER) : body.toString();
                    boolean taken = response.statusCode() / 100 == 2;
                    return outcome(
                            response.statusCode(), taken ? null : "HTTP " + response.statusCode(), answer, event);
                }));
    }

    private static Outcome outcome(int status, String error, String answer, OutboxEvent event) {
        return new Outcome(status, error, answer, null, UUID.fromString(event.aggregate()));
    }
}
