package cn.kangka.empi.card;

import cn.kangka.empi.hospital.HospitalPost;
import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What time alone does to cards: old codes are forgotten, losses that nobody lifted end in a new card. */
@ApplicationScoped
class CardSweep {
    private static final int BATCH = 200;
    private static final Act OVERDUE = Act.rule("card.lift-loss-within", "the report of loss was not lifted in time");

    private final Database database;
    private final CardStore cards;
    private final CardCodeStore codes;
    private final CardLife life;
    private final CardConfig config;
    private final HospitalPost post;
    private final Clock clock;

    CardSweep(
            Database database,
            CardStore cards,
            CardCodeStore codes,
            CardLife life,
            CardConfig config,
            HospitalPost post,
            Clock clock) {
        this.database = database;
        this.cards = cards;
        this.codes = codes;
        this.life = life;
        this.config = config;
        this.post = post;
        this.clock = clock;
    }

    @Scheduled(every = "${kangka.card.sweep-every:10M}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return sweep(clock.instant());
    }

    Uni<Void> sweep(Instant now) {
        return codes.forget(database.pool(), now.minus(config.codeKept()))
                .chain(() -> settleLosses(now))
                .replaceWithVoid();
    }

    private Uni<Integer> settleLosses(Instant now) {
        return database.write(tx -> cards.lockLostBefore(tx, now.minus(config.liftLossWithin()), BATCH)
                        .call(lost -> Multi.createFrom()
                                .iterable(lost)
                                .onItem()
                                .transformToUniAndConcatenate(card -> card.kind() == CardKind.REGIONAL
                                        ? life.replace(tx, card, CardChange.CANCEL, OVERDUE)
                                        : life.change(tx, card, CardChange.CANCEL, OVERDUE))
                                .collect()
                                .last())
                        .map(List::size))
                .invoke(post::wake)
                .chain(settled -> settled < BATCH ? Uni.createFrom().item(settled) : settleLosses(now));
    }
}
