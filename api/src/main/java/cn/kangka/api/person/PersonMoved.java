package cn.kangka.api.person;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/**
 * A feature that holds rows by person and follows when the index changes its mind: a CDI bean. Called in the transaction
 * of the change; a failure undoes all of it and the event comes again.
 */
public interface PersonMoved {
    /** An identity belongs to another person now (split, move, merge). */
    record IdentityMove(UUID identity, String source, UUID from, UUID to) {}

    /** {@code loser} was merged into {@code survivor}, which is not itself merged away. */
    Uni<Void> merged(SqlConnection tx, UUID loser, UUID survivor);

    /** A merge was undone: {@code person} is there again; what was its own until then goes back. */
    default Uni<Void> revived(SqlConnection tx, UUID person, boolean suspect) {
        return Uni.createFrom().voidItem();
    }

    /** Identities moved to another person; what came from these hospitals for these people may follow. */
    default Uni<Void> identitiesMoved(SqlConnection tx, List<IdentityMove> moves) {
        return Uni.createFrom().voidItem();
    }

    /** A person became suspect (a split) or was reviewed; told only when it changes. */
    default Uni<Void> suspectChanged(SqlConnection tx, UUID person, boolean suspect) {
        return Uni.createFrom().voidItem();
    }
}
