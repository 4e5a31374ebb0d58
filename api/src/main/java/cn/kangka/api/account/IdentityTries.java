package cn.kangka.api.account;

import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Counts tries of real name. A try is taken before it is known to be wrong, and given back when it was right: so many
 * tries at the same moment count like tries one after the other.
 */
@ApplicationScoped
class IdentityTries {
    private static final String TAKE = """
            update account set
                identity_tries = case when identity_tried_at > $2 - $4 * interval '1 second'
                    then identity_tries + 1 else 1 end,
                identity_tried_at = $2,
                identity_paused_until = case
                    when (case when identity_tried_at > $2 - $4 * interval '1 second'
                        then identity_tries + 1 else 1 end) >= $3
                    then $2 + $4 * interval '1 second' end
            where id = $1 and (identity_paused_until is null or identity_paused_until <= $2)
            """;

    private final IdentityConfig config;
    private final Clock clock;

    IdentityTries(IdentityConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Takes a try; fails with 429 {@code identity-paused} when there is none left. */
    Uni<Void> take(SqlClient connection, UUID account) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return connection
                .preparedQuery(TAKE)
                .execute(Tuple.of(account, now, config.tries(), config.pause().toSeconds()))
                .flatMap(taken -> taken.rowCount() == 1 ? Uni.createFrom().voidItem() : paused(connection, account));
    }

    /** Gives the try back that was taken last: nobody could tell whether it was right. */
    Uni<Void> giveBack(SqlClient connection, UUID account) {
        return connection
                .preparedQuery("update account set identity_tries = greatest(identity_tries - 1, 0),"
                        + " identity_paused_until = null where id = $1")
                .execute(Tuple.of(account))
                .replaceWithVoid();
    }

    private Uni<Void> paused(SqlClient connection, UUID account) {
        return connection
                .preparedQuery("select identity_paused_until from account where id = $1")
                .execute(Tuple.of(account))
                .map(rows -> rows.iterator().next().getOffsetDateTime(0))
                .map(until -> Duration.between(clock.instant(), until.toInstant()))
                .flatMap(wait -> Uni.createFrom().failure(Problems.tooMany("identity-paused", wait, clock)));
    }
}
