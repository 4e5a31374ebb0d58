package cn.kangka.api.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Events;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class RegionEventsTest {
    /** A handler that does what the event says. */
    @ApplicationScoped
    static class Probe implements RegionEventHandler {
        static final List<String> APPLIED = new CopyOnWriteArrayList<>();
        static final Map<String, String> TRACES = new ConcurrentHashMap<>();
        static final AtomicInteger NOW = new AtomicInteger();
        static final AtomicInteger MOST = new AtomicInteger();

        @Override
        public Set<String> types() {
            return Set.of("test.probe");
        }

        @Override
        public Uni<Void> apply(SqlConnection tx, RegionEvent event) {
            return switch (event.data().path("do").asText()) {
                case "wait" -> Uni.createFrom().failure(new NotYet("a parent is missing"));
                case "never" -> Uni.createFrom().failure(new IllegalArgumentException("nonsense"));
                case "broken" -> tx.query("select 1 / 0").execute().replaceWithVoid();
                default -> work(event);
            };
        }

        private static Uni<Void> work(RegionEvent event) {
            MOST.accumulateAndGet(NOW.incrementAndGet(), Math::max);
            TRACES.put(event.id().toString(), cn.kangka.kit.trace.Traces.currentId());
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(Duration.ofMillis(20))
                    .invoke(() -> {
                        NOW.decrementAndGet();
                        APPLIED.add(event.aggregate() + "#" + event.version());
                    });
        }
    }

    @Test
    void every_event_has_its_own_outcome() {
        Events.send(
                        probe("a" + Ids.next(), 1, "work"),
                        probe("b" + Ids.next(), 1, "wait"),
                        probe("c" + Ids.next(), 1, "never"))
                .statusCode(200)
                .body("results.outcome", contains("DONE", "RETRY", "PARK"))
                .body("results[1].reason", equalTo("a parent is missing"));
    }

    @Test
    void what_waits_holds_back_its_own_aggregate_only() {
        String waiting = "w" + Ids.next();

        Events.send(probe(waiting, 1, "wait"), probe(waiting, 2, "work"), probe("x" + Ids.next(), 1, "work"))
                .body("results.outcome", contains("RETRY", "RETRY", "DONE"));

        assertThat(Probe.APPLIED).doesNotContain(waiting + "#2");
    }

    @Test
    void events_of_one_aggregate_are_applied_in_order_and_others_side_by_side_but_bounded() {
        String aggregate = "o" + Ids.next();
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            events.add(probe("s" + Ids.next(), 1, "work"));
        }
        for (int version = 1; version <= 3; version++) {
            events.add(probe(aggregate, version, "work"));
        }
        Probe.MOST.set(0);

        send(events).statusCode(200);

        assertThat(Probe.APPLIED.stream().filter(each -> each.startsWith(aggregate)))
                .containsExactly(aggregate + "#1", aggregate + "#2", aggregate + "#3");
        assertThat(Probe.MOST.get()).isBetween(2, 8);
    }

    @Test
    void a_failed_event_is_not_remembered_as_seen() {
        Map<String, Object> event = probe("f" + Ids.next(), 1, "wait");
        Events.send(event).body("results.outcome", contains("RETRY"));
        event.put("data", Map.of("do", "work"));

        Events.send(event).body("results.outcome", contains("DONE"));

        assertThat(Probe.APPLIED).contains(event.get("aggregate") + "#1");
    }

    @Test
    void an_event_is_applied_in_the_trace_of_what_caused_it() {
        Map<String, Object> one = probe("t" + Ids.next(), 1, "work");
        Map<String, Object> other = probe("t" + Ids.next(), 1, "work");
        other.put("trace", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        Events.send(one, other);

        assertThat(Probe.TRACES.get(one.get("id").toString())).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(Probe.TRACES.get(other.get("id").toString())).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void a_fault_of_the_data_is_parked_and_an_unknown_type_waits() {
        Events.send(probe("d" + Ids.next(), 1, "broken"), Events.event("u" + Ids.next(), 1, "no.such", Map.of()))
                .body("results.outcome", contains("PARK", "RETRY"))
                .body("results[0].reason", equalTo("PgException 22012"));
    }

    @Test
    void only_the_index_may_tell() {
        Map<String, Object> body = Map.of("events", List.of());
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/region-events")
                .then()
                .statusCode(401);
        Citizen.loggedIn()
                .call()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/region-events")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(TestTokens.sign("notification", "api", "notification", List.of("service"), Map.of()))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/region-events")
                .then()
                .statusCode(403);
    }

    private static io.restassured.response.ValidatableResponse send(List<Map<String, Object>> events) {
        return given().auth()
                .oauth2(TestTokens.service("empi", "api"))
                .contentType(ContentType.JSON)
                .body(Map.of("events", events))
                .post("/v1/region-events")
                .then();
    }

    private static Map<String, Object> probe(String aggregate, long version, String what) {
        return Events.event(aggregate, version, "test.probe", Map.of("do", what));
    }
}
