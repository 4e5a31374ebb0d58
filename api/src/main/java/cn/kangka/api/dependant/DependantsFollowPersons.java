package cn.kangka.api.dependant;

import cn.kangka.api.person.PersonMoved;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Keeps relations with their people through merges; nobody acts for somebody whose record is in doubt. */
@ApplicationScoped
class DependantsFollowPersons implements PersonMoved {
    private final DependantStore store;
    private final Clock clock;

    DependantsFollowPersons(DependantStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Uni<Void> merged(SqlConnection tx, UUID loser, UUID survivor) {
        return store.rehome(tx, loser, survivor, OffsetDateTime.now(clock));
    }

    @Override
    public Uni<Void> revived(SqlConnection tx, UUID person, boolean suspect) {
        return store.giveBack(tx, person);
    }
}
