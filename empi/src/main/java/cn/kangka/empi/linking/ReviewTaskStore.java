package cn.kangka.empi.linking;

import cn.kangka.kit.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Rows of doubtful pairs. */
@ApplicationScoped
class ReviewTaskStore {
    /** Opens tasks; one that is open already gets the new probability, one that a human decided stays as it is. */
    Uni<Void> open(SqlConnection tx, List<Decision.Doubt> doubts, String model) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Decision.Doubt doubt : doubts) {
            all = all.chain(() -> open(tx, doubt, model));
        }
        return all;
    }

    private Uni<Void> open(SqlConnection tx, Decision.Doubt doubt, String model) {
        return tx.preparedQuery("insert into review_task as t (id, one, other, probability, veto, model)"
                        + " values ($1, $2, $3, $4, $5, $6) on conflict (one, other) do update set"
                        + " probability = excluded.probability, veto = excluded.veto, model = excluded.model,"
                        + " state = case when t.state = 'SETTLED' then 'OPEN' else t.state end"
                        + " where t.state in ('OPEN', 'LATER', 'SETTLED')")
                .execute(Tuple.tuple(Arrays.asList(
                        Ids.next(), doubt.one(), doubt.other(), doubt.probability(), doubt.veto(), model)))
                .replaceWithVoid();
    }

    /** Closes the open tasks about pairs that belong to one person by now. */
    Uni<Void> settle(SqlConnection tx, UUID person) {
        return tx.preparedQuery("update review_task t set state = 'SETTLED', decided_at = now()"
                        + " from link a, link b where a.person = $1 and a.ended_at is null and t.one = a.identity"
                        + " and b.person = $1 and b.ended_at is null and t.other = b.identity"
                        + " and t.state in ('OPEN', 'LATER')")
                .execute(Tuple.of(person))
                .replaceWithVoid();
    }
}
