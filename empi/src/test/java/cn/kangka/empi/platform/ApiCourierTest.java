package cn.kangka.empi.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.kangka.kit.outbox.Delivery;
import cn.kangka.kit.outbox.OutboxEvent;
import cn.kangka.sandbox.testing.RegionResource;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class ApiCourierTest {
    @Inject
    ObjectMapper json;

    @Inject
    Vertx vertx;

    private final AtomicReference<String> token = new AtomicReference<>();
    private final AtomicReference<JsonObject> received = new AtomicReference<>();
    private HttpServer api;
    private ApiCourier courier;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/v1/region-events", exchange -> {
            token.set(exchange.getRequestHeaders().getFirst("Authorization"));
            received.set(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            byte[] answer =
                    outcomes(received.get().getJsonArray("events")).encode().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        api.start();
        ApiEventsClient client = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create("http://localhost:" + api.getAddress().getPort()))
                .build(ApiEventsClient.class);
        courier = new ApiCourier(client, json, vertx);
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    /** The first is done, the second not yet, the third never, and the fourth is forgotten. */
    private static JsonObject outcomes(JsonArray events) {
        JsonArray results = new JsonArray();
        List<String> outcomes = List.of("DONE", "RETRY", "PARK");
        for (int i = 0; i < Math.min(events.size(), outcomes.size()); i++) {
            results.add(new JsonObject()
                    .put("id", events.getJsonObject(i).getString("id"))
                    .put("outcome", outcomes.get(i))
                    .put("reason", "because"));
        }
        return new JsonObject().put("results", results);
    }

    @Test
    void every_event_has_its_own_outcome() {
        List<OutboxEvent> batch = List.of(event("a"), event("b"), event("c"), event("d"));
        List<Delivery> outcomes = courier.deliver(batch).await().atMost(Duration.ofSeconds(10));
        assertThat(outcomes)
                .containsExactly(
                        Delivery.DONE,
                        Delivery.retry("because"),
                        Delivery.parked("because"),
                        Delivery.retry("not answered"));
        JsonObject first = received.get().getJsonArray("events").getJsonObject(0);
        assertThat(first.getString("aggregate")).isEqualTo("a");
        assertThat(first.getLong("version")).isEqualTo(3);
        assertThat(first.getString("type")).isEqualTo("person.changed");
        assertThat(first.getJsonObject("data").getString("person")).isEqualTo("a");
        assertThat(first.getString("at")).startsWith("20");
        assertThat(token.get()).startsWith("Bearer ");
    }

    @Test
    void a_refused_call_fails_and_so_is_tried_again_as_a_whole() {
        status = 503;
        assertThatThrownBy(() -> courier.deliver(List.of(event("a"))).await().atMost(Duration.ofSeconds(10)))
                .isInstanceOf(jakarta.ws.rs.WebApplicationException.class);
    }

    private static OutboxEvent event(String person) {
        return OutboxEvent.of("api", person, 3, "person.changed", "{\"person\":\"" + person + "\"}");
    }
}
