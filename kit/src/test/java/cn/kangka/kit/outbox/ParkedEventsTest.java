package cn.kangka.kit.outbox;

import static cn.kangka.kit.TestDatabase.VERTX;
import static cn.kangka.kit.TestDatabase.await;
import static cn.kangka.kit.TestDatabase.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.kangka.kit.TestDatabase;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.sealing.SealingKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParkedEventsTest {
    private static final OutboxRelay.Settings QUICK =
            new OutboxRelay.Settings(Duration.ofMillis(50), 50, Duration.ofMillis(400));

    private final Database database = TestDatabase.get();
    private final Sealer sealer = new Sealer(SealingKeys.random());
    private final Outbox outbox = new Outbox(sealer);
    private final ParkedEvents parked = new ParkedEvents(database, outbox, new Audit(database));

    @BeforeEach
    void empty() {
        TestDatabase.run("truncate outbox, audit_entry, audit_chain");
    }

    @Test
    void a_list_tells_why_and_nothing_about_whom() {
        OutboxEvent event = event("hospital:H001", "a");
        append(event, event("hospital:H001", "b"), event("api", "c"));
        park("hospital:H001", "AR 患者张伟 13800138000 不存在");

        Page<ParkedEvent> first = await(parked.list("hospital:H001", 1, null));
        Page<ParkedEvent> second = await(parked.list(null, 1, first.next()));

        assertThat(first.items()).hasSize(1);
        assertThat(second.items()).hasSize(1).doesNotContainAnyElementsOf(first.items());
        assertThat(second.next()).isNull();
        assertThat(first.items().get(0).reason()).isEqualTo("AR");
        assertThat(first.items().get(0).type()).isEqualTo("test.event");
        assertThat(await(parked.list("api", 20, null)).items()).isEmpty();
    }

    @Test
    void one_released_event_goes_out_with_what_waited_behind_it() {
        OutboxEvent stuck = event("api", "a");
        OutboxEvent behind = event("api", "a");
        append(stuck, behind);
        park("api", "answered 422");
        TestDatabase.run("update outbox set parked_at = null where event_id = '" + behind.id() + "'");
        List<UUID> delivered = new CopyOnWriteArrayList<>();
        OutboxRelay relay = relay(delivered);
        try {
            assertThat(await(parked.releaseOne(stuck.id(), "operator-1", "对方已修复")))
                    .isEqualTo(1);
            Awaitility.await().untilAsserted(() -> assertThat(delivered).containsExactly(stuck.id(), behind.id()));
        } finally {
            relay.stop();
        }

        assertThat(count("select count(*) from audit_entry where action = 'outbox.release' and actor = 'operator-1'"
                        + " and reason = '对方已修复' and object = '" + stuck.id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void all_of_a_destination_are_released_and_of_no_other() {
        append(event("hospital:H001", "a"), event("hospital:H001", "b"), event("hospital:H002", "c"));
        park("hospital:H001", "AE");
        park("hospital:H002", "AE");

        assertThat(await(parked.releaseAll("hospital:H001", "operator-1", "接口已恢复")))
                .isEqualTo(2);

        assertThat(await(parked.list(null, 20, null)).items())
                .extracting(ParkedEvent::destination)
                .containsExactly("hospital:H002");
        assertThat(await(parked.releaseAll("hospital:H001", "operator-1", "再来一次")))
                .isZero();
        assertThat(count("select count(*) from audit_entry")).isEqualTo(1);
    }

    @Test
    void what_is_not_parked_is_not_found() {
        OutboxEvent waiting = event("api", "a");
        append(waiting);
        for (UUID id : List.of(waiting.id(), Ids.next())) {
            assertThatThrownBy(() -> await(parked.releaseOne(id, "operator-1", "看看")))
                    .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.getStatusCode())
                            .isEqualTo(404));
        }
        assertThat(count("select count(*) from audit_entry")).isZero();
    }

    private OutboxRelay relay(List<UUID> delivered) {
        return OutboxRelay.start(
                VERTX,
                database,
                outbox,
                sealer,
                new SimpleMeterRegistry(),
                "api",
                batch -> {
                    List<Delivery> outcomes = new ArrayList<>();
                    for (OutboxEvent each : batch) {
                        delivered.add(each.id());
                        outcomes.add(Delivery.DONE);
                    }
                    return Uni.createFrom().item(outcomes);
                },
                QUICK);
    }

    private static OutboxEvent event(String destination, String aggregate) {
        return OutboxEvent.of(destination, aggregate, 1, "test.event", "{}");
    }

    private void append(OutboxEvent... events) {
        await(database.write(tx -> outbox.append(tx, List.of(events))));
    }

    private static void park(String destination, String reason) {
        TestDatabase.run("update outbox set parked_at = now(), reason = '" + reason + "' where destination = '"
                + destination + "'");
    }
}
