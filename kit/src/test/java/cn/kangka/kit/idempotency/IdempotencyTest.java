package cn.kangka.kit.idempotency;

import static cn.kangka.kit.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.kangka.kit.TestDatabase;
import cn.kangka.kit.idempotency.Idempotency.Answer;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private static final Map<String, Object> BODY = Map.of("slotId", "s1", "personId", "p1");

    private final Idempotency idempotency = new Idempotency(TestDatabase.get(), new ObjectMapper());
    private final String key = UUID.randomUUID().toString();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void the_same_key_and_body_get_the_first_answer_and_the_work_happens_once() {
        Answer first = await(book(key, BODY));
        Answer second = await(book(key, Map.of("personId", "p1", "slotId", "s1")));
        assertThat(second).isEqualTo(first);
        assertThat(done).hasValue(1);
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        await(book(key, BODY));
        assertThat(failure(book(key, Map.of("slotId", "s2"))).getStatusCode()).isEqualTo(422);
        assertThat(done).hasValue(1);
    }

    @Test
    void another_scope_is_another_request() {
        await(book(key, BODY));
        await(idempotency.once("other", key, BODY, tx -> answer()));
        assertThat(done).hasValue(2);
    }

    @Test
    void a_missing_blank_or_endless_key_is_refused() {
        for (String wrong : new String[] {null, " ", "x".repeat(256)}) {
            assertThat(failure(book(wrong, BODY)).getStatusCode()).isEqualTo(400);
        }
    }

    @Test
    void a_second_request_meanwhile_is_told_to_wait() {
        CompletableFuture<Answer> gate = new CompletableFuture<>();
        CompletableFuture<Void> inside = new CompletableFuture<>();
        CompletableFuture<Answer> first = idempotency
                .once("scope", key, BODY, tx -> {
                    inside.complete(null);
                    return Uni.createFrom().completionStage(gate);
                })
                .subscribeAsCompletionStage();
        inside.orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).join();
        HttpProblem refusal = failure(book(key, BODY));
        gate.complete(new Answer(201, "{}"));
        assertThat(refusal.getStatusCode()).isEqualTo(409);
        assertThat(refusal.getType()).hasToString("/problems/idempotency-key-in-progress");
        assertThat(first.join().status()).isEqualTo(201);
    }

    @Test
    void a_thousand_refusals_at_once_are_each_kept_and_told_again() {
        HttpProblem full = Problems.of(409, "slot-full");
        List<String> keys = IntStream.range(0, 1_000).mapToObj(i -> key + i).toList();
        List<HttpProblem> told = keys.parallelStream()
                .map(each -> failure(idempotency.refuse("scope", each, BODY, full)))
                .toList();
        assertThat(told).allMatch(each -> each.getType().toString().equals("/problems/slot-full"));
        for (String each : keys.subList(0, 20)) {
            assertThat(failure(book(each, BODY)).getType()).hasToString("/problems/slot-full");
        }
        assertThat(done).hasValue(0);
    }

    @Test
    void what_has_an_answer_is_not_refused_afterwards() {
        HttpProblem full = Problems.of(409, "slot-full");
        Answer first = await(book(key, BODY));
        assertThat(await(idempotency.refuse("scope", key, BODY, full))).isEqualTo(first);
        assertThat(failure(idempotency.refuse("scope", key, Map.of("slotId", "s2"), full))
                        .getStatusCode())
                .isEqualTo(422);
        assertThat(failure(idempotency.refuse("scope", " ", BODY, full)).getStatusCode())
                .isEqualTo(400);
    }

    @Test
    void what_is_under_way_is_not_refused_meanwhile() {
        CompletableFuture<Answer> gate = new CompletableFuture<>();
        CompletableFuture<Void> inside = new CompletableFuture<>();
        CompletableFuture<Answer> first = idempotency
                .once("scope", key, BODY, tx -> {
                    inside.complete(null);
                    return Uni.createFrom().completionStage(gate);
                })
                .subscribeAsCompletionStage();
        inside.orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).join();
        HttpProblem refusal = failure(idempotency.refuse("scope", key, BODY, Problems.of(409, "slot-full")));
        gate.complete(new Answer(201, "{}"));
        assertThat(refusal.getType()).hasToString("/problems/idempotency-key-in-progress");
        assertThat(first.join().status()).isEqualTo(201);
    }

    @Test
    void a_refusal_is_an_answer_too_and_leaves_no_work_behind() {
        OffsetDateTime lifts = OffsetDateTime.parse("2026-12-01T00:00:00+08:00");
        Uni<Answer> refused = idempotency.once("scope", key, BODY, tx -> tx.query(
                        "insert into idempotency_key (scope, key, fingerprint, status) values ('x', '" + key
                                + "', ''::bytea, 1)")
                .execute()
                .chain(() -> {
                    done.incrementAndGet();
                    return Uni.createFrom()
                            .failure(Problems.refused("limit", "appointment.max-per-visit-day", lifts, 2));
                }));
        HttpProblem first = failure(refused);
        HttpProblem second = failure(refused);
        assertThat(done).hasValue(1);
        assertThat(second.getStatusCode()).isEqualTo(409);
        assertThat(second.getType()).isEqualTo(first.getType());
        assertThat(second.getParameters())
                .containsEntry("rule", "appointment.max-per-visit-day")
                .containsEntry("liftsAt", "2026-12-01T00:00:00+08:00");
        assertThat(TestDatabase.count("select count(*) from idempotency_key where scope = 'x' and key = '" + key + "'"))
                .isZero();
    }

    @Test
    void a_crash_leaves_neither_work_nor_answer() {
        Uni<Answer> broken =
                idempotency.once("scope", key, BODY, tx -> Uni.createFrom().failure(new IllegalStateException()));
        assertThat(broken.onFailure().recoverWithNull().await().atMost(Duration.ofSeconds(5)))
                .isNull();
        assertThat(await(book(key, BODY)).status()).isEqualTo(201);
    }

    private Uni<Answer> book(String withKey, Map<String, Object> body) {
        return idempotency.once("scope", withKey, body, tx -> answer());
    }

    private Uni<Answer> answer() {
        return Uni.createFrom().item(() -> new Answer(201, "{\"id\":" + done.incrementAndGet() + "}"));
    }

    private static HttpProblem failure(Uni<Answer> uni) {
        return catchThrowableOfType(HttpProblem.class, () -> await(uni));
    }
}
