package cn.kangka.api.referral;

import cn.kangka.api.person.PersonMoved;
import cn.kangka.api.referral.ReferralPolicy.Act;
import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Follows what bookings, time and the index do to referrals. */
@ApplicationScoped
class ReferralUpkeep implements PersonMoved {
    private final Database database;
    private final ReferralChangeStore store;
    private final ReferralMoves moves;
    private final ReferralNews news;
    private final Clock clock;
    private final int most;

    ReferralUpkeep(
            Database database,
            ReferralChangeStore store,
            ReferralMoves moves,
            ReferralNews news,
            Clock clock,
            ReferralConfig config) {
        this.database = database;
        this.store = store;
        this.moves = moves;
        this.news = news;
        this.clock = clock;
        this.most = config.upkeepBatch();
    }

    /** Visits that took place, bookings that ended or moved, and referrals whose time is over. */
    @Scheduled(
            every = "${kangka.referral.upkeep-every:15s}",
            delayed = "20s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return database.write(tx -> store.ended(tx, most).chain(ended -> each(ended, one -> moves.follow(tx, one))))
                .chain(() -> database.write(
                        tx -> store.replaced(tx, most).chain(replaced -> each(replaced, one -> moves.follow(tx, one)))))
                .chain(() -> database.write(tx -> store.expired(tx, OffsetDateTime.now(clock), most)
                        .chain(expired -> each(expired, one -> moves.region(tx, one, Act.EXPIRE, null)))))
                .invoke(news::wake);
    }

    private static <T> Uni<Void> each(List<T> all, Function<T, Uni<Void>> work) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (T one : all) {
            done = done.chain(() -> work.apply(one));
        }
        return done;
    }

    @Override
    public Uni<Void> merged(SqlConnection tx, UUID loser, UUID survivor) {
        return store.rehome(tx, loser, survivor);
    }

    @Override
    public Uni<Void> revived(SqlConnection tx, UUID person, boolean suspect) {
        return store.giveBack(tx, person);
    }
}
