package cn.kangka.api.rush;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers the same question once for everybody who asks it at the same time, and again only when something changed or the
 * answer is too old. Whoever asks after a change never gets an answer from before it.
 *
 * @param <K> a question
 * @param <V> its answer
 */
public final class RecentAnswers<K, V> {
    private final Clock clock;
    private final long oldestMillis;
    private final Cache<K, Answer<V>> answers;

    /**
     * @param oldest for how long an answer is good while nothing changes; zero: only for those who ask meanwhile
     * @param most weight of all that is kept
     * @param weigher how much one answer weighs
     */
    public RecentAnswers(Clock clock, Duration oldest, long most, Weigher<K, V> weigher) {
        this.clock = clock;
        this.oldestMillis = oldest.toMillis();
        this.answers = Caffeine.newBuilder()
                .maximumWeight(most)
                .expireAfterWrite(oldest.isZero() ? Duration.ofSeconds(1) : oldest)
                .<K, Answer<V>>weigher((question, answer) -> answer.weight(question, weigher))
                .build();
    }

    /**
     * @param count how often something changed that the answer depends on, read before this call
     * @param find finds the answer; called at most once at a time for a question and a count
     */
    public Uni<V> answer(K question, long count, Supplier<Uni<V>> find) {
        long now = clock.millis();
        Answer<V> known = answers.getIfPresent(question);
        if (known != null && known.good(count, now, oldestMillis)) {
            return known.told();
        }
        Answer<V> fresh = new Answer<>(count, now, new CompletableFuture<>());
        Answer<V> kept = answers.asMap()
                .compute(question, (key, old) -> old != null && old.good(count, now, oldestMillis) ? old : fresh);
        if (kept.equals(fresh)) {
            Uni.createFrom().deferred(find::get).subscribe().with(value -> found(question, fresh, value), failure -> {
                answers.asMap().remove(question, fresh);
                fresh.value().completeExceptionally(failure);
            });
        }
        return kept.told();
    }

    /** Drops now what is over the bound; else it goes soon. */
    void settle() {
        answers.cleanUp();
    }

    private void found(K question, Answer<V> fresh, V value) {
        fresh.value().complete(value);
        if (oldestMillis > 0) {
            answers.asMap().replace(question, fresh, fresh); // Weighed anew, now that its size is known.
        } else {
            answers.asMap().remove(question, fresh);
        }
    }

    private record Answer<V>(long count, long at, CompletableFuture<V> value) {
        boolean good(long countNow, long now, long oldestMillis) {
            return count == countNow && (!value.isDone() || Math.abs(now - at) < oldestMillis);
        }

        <K> int weight(K question, Weigher<K, V> weigher) {
            return value.isDone() && !value.isCompletedExceptionally() ? weigher.weigh(question, value.join()) : 1;
        }

        Uni<V> told() {
            Context context = Vertx.currentContext();
            Uni<V> told = Uni.createFrom().completionStage(value);
            return context == null || value.isDone()
                    ? told
                    : told.emitOn(rest -> context.runOnContext(ignored -> rest.run()));
        }
    }
}
