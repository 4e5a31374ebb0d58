package cn.kangka.api.rush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final List<CompletableFuture<String>> begun = new ArrayList<>();
    private final List<Boolean> waited = new ArrayList<>();

    @Test
    void as_many_as_may_go_in_and_the_others_in_the_order_in_which_they_came() {
        Turns turns = turns(2, 10);
        CompletableFuture<String> one = come(turns);
        comes(turns);
        CompletableFuture<String> three = come(turns);
        assertThat(begun).hasSize(2);
        begun.get(0).complete("one");
        assertThat(one.join()).isEqualTo("one");
        assertThat(begun).hasSize(3);
        begun.get(2).complete("three");
        assertThat(three.join()).isEqualTo("three");
        assertThat(waited).containsExactly(false, false, true);
    }

    @Test
    void work_that_fails_gives_its_turn_to_the_next() {
        Turns turns = turns(1, 10);
        CompletableFuture<String> one = come(turns);
        comes(turns);
        begun.get(0).completeExceptionally(new IllegalStateException("refused"));
        assertThat(one).isCompletedExceptionally();
        assertThat(begun).hasSize(2);
    }

    @Test
    void who_goes_away_while_it_is_their_turn_keeps_it_until_the_work_is_done() {
        Turns turns = turns(1, 10);
        Cancellable gone = turns.inTurn(this::work).subscribe().with(done -> {});
        CompletableFuture<String> two = come(turns);
        gone.cancel();
        assertThat(begun).hasSize(1);
        begun.get(0).complete("one");
        assertThat(begun).hasSize(2);
        begun.get(1).complete("two");
        assertThat(two.join()).isEqualTo("two");
    }

    @Test
    void who_goes_away_while_waiting_takes_no_turn_with_them() {
        Turns turns = turns(1, 10);
        comes(turns);
        Cancellable gone = turns.inTurn(this::work).subscribe().with(done -> {});
        CompletableFuture<String> three = come(turns);
        gone.cancel();
        begun.get(0).complete("one");
        assertThat(begun).hasSize(2);
        begun.get(1).complete("three");
        assertThat(three.join()).isEqualTo("three");
        assertThat(come(turns)).isNotDone();
        assertThat(begun).hasSize(3);
    }

    @Test
    void too_many_are_told_to_come_again() {
        Turns turns = turns(1, 1);
        comes(turns);
        comes(turns);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(come(turns)::join)
                .havingCause()
                .isInstanceOfSatisfying(HttpProblem.class, refusal -> assertThat(refusal.getStatusCode())
                        .isEqualTo(429));
    }

    private void comes(Turns turns) {
        turns.inTurn(this::work).subscribe().with(done -> {}, failure -> {});
    }

    private CompletableFuture<String> come(Turns turns) {
        return turns.inTurn(this::work).subscribeAsCompletionStage();
    }

    private Uni<String> work(boolean hadToWait) {
        waited.add(hadToWait);
        CompletableFuture<String> result = new CompletableFuture<>();
        begun.add(result);
        return Uni.createFrom().completionStage(result);
    }

    private static Turns turns(int atOnce, int waiting) {
        return new Turns(
                new RushConfig() {
                    @Override
                    public Duration oldest() {
                        return Duration.ofSeconds(1);
                    }

                    @Override
                    public int crowd() {
                        return 1;
                    }

                    @Override
                    public int bookingsAtOnce() {
                        return atOnce;
                    }

                    @Override
                    public int bookingsWaiting() {
                        return waiting;
                    }

                    @Override
                    public long keptCharacters() {
                        return 0;
                    }
                },
                Clock.systemUTC());
    }
}
