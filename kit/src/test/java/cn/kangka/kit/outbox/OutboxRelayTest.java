package cn.kangka.kit.outbox;

import static cn.kangka.kit.TestDatabase.VERTX;
import static cn.kangka.kit.TestDatabase.await;
import static cn.kangka.kit.TestDatabase.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.kit.TestDatabase;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.sealing.SealingKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
    private static final OutboxRelay.Settings QUICK =
            new OutboxRelay.Settings(Duration.ofMillis(50), 50, Duration.ofMillis(400));

    private final Database database = TestDatabase.get();
    private final Sealer sealer = new Sealer(SealingKeys.random());
    private final Outbox outbox = new Outbox(sealer);
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final List<OutboxRelay> relays = new ArrayList<>();

    @BeforeEach
    void empty() {
        TestDatabase.run("truncate outbox");
    }

    @AfterEach
    void stop() {
        relays.forEach(OutboxRelay::stop);
    }

    @Test
    void delivers_events_of_one_aggregate_in_order_even_when_several_relays_share_the_work() {
        List<OutboxEvent> events = new ArrayList<>();
        for (int version = 1; version <= 20; version++) {
            for (String aggregate : List.of("a", "b", "c")) {
                events.add(event(aggregate, version));
            }
        }
        append(events);
        start("api", event -> Delivery.DONE);
        start("api", event -> Delivery.DONE);
        await().untilAsserted(() -> assertThat(delivered).hasSize(60));
        for (String aggregate : List.of("a", "b", "c")) {
            assertThat(delivered.stream()
                            .filter(each -> each.startsWith(aggregate))
                            .toList())
                    .isEqualTo(events.stream()
                            .filter(each -> each.aggregate().equals(aggregate))
                            .map(OutboxRelayTest::name)
                            .toList());
        }
        assertThat(count("select count(*) from outbox")).isZero();
    }

    @Test
    void a_parked_event_holds_back_its_own_aggregate_only() {
        append(List.of(event("a", 1), event("a", 2), event("b", 1)));
        start("api", event -> name(event).equals("a1") ? Delivery.parked("AR: no such department") : Delivery.DONE);
        await().untilAsserted(() -> assertThat(delivered).contains("b1"));
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(delivered).doesNotContain("a2"));
        assertThat(count("select count(*) from outbox where parked_at is not null and reason like 'AR%'"))
                .isEqualTo(1);
    }

    @Test
    void an_event_with_a_barrier_waits_for_both_aggregates_and_both_wait_for_it() {
        append(List.of(event("a", 1), event("a", 2).withBarrier("b"), event("b", 3)));
        List<String> tried = new CopyOnWriteArrayList<>();
        start("api", event -> {
            tried.add(name(event));
            return name(event).equals("a1") && tried.size() < 3 ? Delivery.retry("not now") : Delivery.DONE;
        });
        await().untilAsserted(() -> assertThat(delivered).containsExactly("a1", "a2", "b3"));
        assertThat(tried).containsExactly("a1", "a1", "a1", "a2", "b3");
    }

    @Test
    void a_failing_courier_costs_time_but_no_event() {
        append(List.of(event("a", 1)));
        List<String> tried = new CopyOnWriteArrayList<>();
        relays.add(OutboxRelay.start(
                VERTX,
                database,
                outbox,
                sealer,
                new SimpleMeterRegistry(),
                "api",
                batch -> {
                    tried.add("once");
                    return tried.size() < 3
                            ? Uni.createFrom().failure(new IllegalStateException("connection refused"))
                            : Uni.createFrom().item(List.of(Delivery.DONE));
                },
                QUICK));
        await().untilAsserted(
                        () -> assertThat(count("select count(*) from outbox")).isZero());
        assertThat(tried).hasSize(3);
    }

    @Test
    void what_a_crashed_relay_had_claimed_is_delivered_after_its_lease() {
        append(List.of(event("a", 1)));
        relays.add(OutboxRelay.start(
                VERTX,
                database,
                outbox,
                sealer,
                new SimpleMeterRegistry(),
                "api",
                batch -> Uni.createFrom().nothing(),
                QUICK));
        await().untilAsserted(() ->
                assertThat(count("select max(attempts) from outbox")).isEqualTo(1));
        relays.get(0).stop();
        start("api", event -> Delivery.DONE);
        await().untilAsserted(() -> assertThat(delivered).containsExactly("a1"));
    }

    @Test
    void an_event_of_a_rolled_back_fact_is_never_seen() {
        start("api", event -> Delivery.DONE);
        Uni<Void> work = database.write(tx -> outbox.append(tx, event("a", 1))
                .chain(() -> Uni.createFrom().<Void>failure(new IllegalStateException("the fact failed"))));
        assertThat(work.onFailure().recoverWithNull().await().atMost(Duration.ofSeconds(5)))
                .isNull();
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(delivered).isEmpty());
    }

    @Test
    void the_payload_is_sealed_in_the_table() {
        append(List.of(OutboxEvent.of("api", "a", 1, "person.changed", "{\"name\":\"张三\"}")));
        assertThat(count("select count(*) from outbox where position(convert_to('张三', 'UTF8') in payload) > 0"))
                .isZero();
    }

    private void start(String destination, Function<OutboxEvent, Delivery> answer) {
        Courier courier = batch -> Uni.createFrom()
                .item(batch.stream()
                        .map(event -> {
                            Delivery delivery = answer.apply(event);
                            if (delivery instanceof Delivery.Done) {
                                delivered.add(name(event));
                            }
                            return delivery;
                        })
                        .toList());
        relays.add(OutboxRelay.start(
                VERTX, database, outbox, sealer, new SimpleMeterRegistry(), destination, courier, QUICK));
    }

    private void append(List<OutboxEvent> events) {
        await(database.write(tx -> outbox.append(tx, events)));
    }

    private static OutboxEvent event(String aggregate, long version) {
        return OutboxEvent.of("api", aggregate, version, "test", "{}");
    }

    private static String name(OutboxEvent event) {
        return event.aggregate() + event.version();
    }
}
