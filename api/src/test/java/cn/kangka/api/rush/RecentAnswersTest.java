package cn.kangka.api.rush;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class RecentAnswersTest {
    private Instant now = Instant.parse("2026-11-30T10:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final RecentAnswers<String, String> recent =
            new RecentAnswers<>(clock, Duration.ofSeconds(1), 100, (question, answer) -> answer.length());
    private final List<CompletableFuture<String>> asked = new ArrayList<>();
    private final Supplier<Uni<String>> find = () -> {
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.add(answer);
        return Uni.createFrom().completionStage(answer);
    };

    @Test
    void those_who_ask_at_the_same_time_share_one_question() {
        CompletableFuture<String> one = ask("q", 0);
        CompletableFuture<String> two = ask("q", 0);
        asked.get(0).complete("a");
        assertThat(one.join()).isEqualTo("a");
        assertThat(two.join()).isEqualTo("a");
        assertThat(ask("q", 0).join()).isEqualTo("a");
        assertThat(asked).hasSize(1);
    }

    @Test
    void who_asks_after_a_change_does_not_get_what_was_asked_before_it() {
        CompletableFuture<String> before = ask("q", 0);
        CompletableFuture<String> after = ask("q", 1);
        asked.get(0).complete("old");
        assertThat(after).isNotDone();
        asked.get(1).complete("new");
        assertThat(before.join()).isEqualTo("old");
        assertThat(after.join()).isEqualTo("new");
        assertThat(ask("q", 1).join()).isEqualTo("new");
        assertThat(asked).hasSize(2);
    }

    @Test
    void an_answer_is_good_for_a_second() {
        asks("q");
        asked.get(0).complete("a");
        now = now.plusMillis(999);
        assertThat(ask("q", 0).join()).isEqualTo("a");
        now = now.plusMillis(1);
        assertThat(ask("q", 0)).isNotDone();
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_failure_is_told_to_those_who_waited_and_is_not_kept() {
        CompletableFuture<String> one = ask("q", 0);
        asked.get(0).completeExceptionally(new IllegalStateException("no database"));
        Assertions.assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(one::join)
                .withMessageContaining("no database");
        CompletableFuture<String> again = ask("q", 0);
        asked.get(1).complete("a");
        assertThat(again.join()).isEqualTo("a");
    }

    @Test
    void what_is_kept_has_a_bound() {
        for (int i = 0; i < 50; i++) {
            asks("q" + i);
            asked.get(i).complete("ten chars!");
        }
        recent.settle();
        long known = 0;
        for (int i = 0; i < 50; i++) {
            int before = asked.size();
            asks("q" + i);
            known += asked.size() == before ? 1 : 0;
        }
        assertThat(known).isLessThanOrEqualTo(10);
    }

    private void asks(String question) {
        recent.answer(question, 0, find).subscribe().with(answer -> {}, failure -> {});
    }

    private CompletableFuture<String> ask(String question, long count) {
        return recent.answer(question, count, find).subscribeAsCompletionStage();
    }
}
