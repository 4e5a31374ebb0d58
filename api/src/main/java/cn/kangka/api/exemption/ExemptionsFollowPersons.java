package cn.kangka.api.exemption;

import cn.kangka.api.person.PersonMoved;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A merge leaves the exemption to the survivor; when it is undone each has what was their own. */
@ApplicationScoped
class ExemptionsFollowPersons implements PersonMoved {
    private final PauseExemptionStore store;

    ExemptionsFollowPersons(PauseExemptionStore store) {
        this.store = store;
    }

    @Override
    public Uni<Void> merged(SqlConnection tx, UUID loser, UUID survivor) {
        return store.carry(tx, loser, survivor);
    }

    @Override
    public Uni<Void> revived(SqlConnection tx, UUID person, boolean suspect) {
        return store.takeBack(tx, person);
    }
}
