package cn.kangka.api.safety;

import cn.kangka.api.person.PersonMoved;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * When identities come together in one person, an allergy of one may stand against an order of another. When they part,
 * alerts between them cease by themselves, because both sides must be the same person's.
 */
@ApplicationScoped
class SafetyFollowsPersons implements PersonMoved {
    private final SafetyChecks checks;

    SafetyFollowsPersons(SafetyChecks checks) {
        this.checks = checks;
    }

    @Override
    public Uni<Void> merged(SqlConnection tx, UUID loser, UUID survivor) {
        return Uni.createFrom().voidItem(); // The identities' own moves tell it.
    }

    @Override
    public Uni<Void> identitiesMoved(SqlConnection tx, List<IdentityMove> moves) {
        Uni<Void> checked = Uni.createFrom().voidItem();
        for (IdentityMove move : moves) {
            checked = checked.chain(() -> checks.check(tx, move.identity()));
        }
        return checked;
    }
}
