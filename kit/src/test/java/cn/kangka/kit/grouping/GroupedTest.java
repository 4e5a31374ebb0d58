package cn.kangka.kit.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupedTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<List<Integer>> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Uni<List<Integer>> doubled(List<Integer> questions) {
        asked.add(List.copyOf(questions));
        return Uni.createFrom().item(questions.stream().map(each -> 2 * each).toList());
    }

    @Test
    void what_comes_in_one_turn_of_an_event_loop_is_asked_together_and_answered_to_each() {
        Grouped<Integer, Integer> grouped = new Grouped<>("numbers", 2, this::doubled);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();

        CompletableFuture<Void> turn = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(now -> {
            IntStream.range(0, 10)
                    .forEach(each -> answers.add(grouped.ask(each).subscribe().asCompletionStage()));
            turn.complete(null);
        });
        turn.join();

        assertThat(answers.stream().map(CompletableFuture::join))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).map(each -> 2 * each).boxed().toList());
        assertThat(asked).containsExactly(IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void what_comes_while_as_many_as_may_are_under_way_waits_and_is_asked_together() {
        List<UniEmitter<? super List<Integer>>> underWay = new ArrayList<>();
        Grouped<Integer, Integer> grouped = new Grouped<>("numbers", 2, questions -> {
            asked.add(List.copyOf(questions));
            return Uni.createFrom().emitter(underWay::add);
        });
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 5)
                .mapToObj(each -> grouped.ask(each).subscribe().asCompletionStage())
                .toList();
        assertThat(asked).containsExactly(List.of(0), List.of(1));

        underWay.get(1).complete(List.of(11));

        assertThat(asked).containsExactly(List.of(0), List.of(1), List.of(2, 3, 4));
        assertThat(answers.get(1)).isCompletedWithValue(11);
        assertThat(answers.get(0)).isNotDone();
        underWay.get(2).fail(new IllegalStateException("gone"));
        assertThatThrownBy(() -> answers.get(4).join()).hasRootCauseMessage("gone");
        assertThat(grouped.ask(6).subscribe().asCompletionStage()).isNotDone();
        assertThat(asked).hasSize(4);
    }
}
