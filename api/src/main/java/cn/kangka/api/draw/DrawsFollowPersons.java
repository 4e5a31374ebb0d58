package cn.kangka.api.draw;

import cn.kangka.api.person.PersonMoved;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Keeps entries with their people: a merge moves them to the survivor, who is in a draw once; when it is undone they go back.
 */
@ApplicationScoped
class DrawsFollowPersons implements PersonMoved {
    private final DrawEntryStore entries;
    private final Clock clock;

    DrawsFollowPersons(DrawEntryStore entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @Override
    public Uni<Void> merged(SqlConnection tx, UUID loser, UUID survivor) {
        return entries.rehome(tx, loser, survivor, OffsetDateTime.now(clock));
    }

    @Override
    public Uni<Void> revived(SqlConnection tx, UUID person, boolean suspect) {
        return entries.giveBack(tx, person);
    }
}
