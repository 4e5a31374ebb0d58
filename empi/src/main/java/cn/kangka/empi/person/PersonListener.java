package cn.kangka.empi.person;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/**
 * What another package does in the transaction in which persons change. Beans of this type are called one after the
 * other, after the change is written; a failure undoes the change.
 */
public interface PersonListener {
    /** A person came to be, with its first identity. */
    default Uni<Void> personMade(SqlConnection tx, PersonSnapshot person) {
        return Uni.createFrom().voidItem();
    }

    /** A load made many at once; the institutions learn of them later ({@link #told}). */
    default Uni<Void> personsLoaded(SqlConnection tx, List<UUID> persons) {
        return Uni.createFrom().voidItem();
    }

    /** A receiver is due to hear how persons are now. */
    default Uni<Void> told(SqlConnection tx, String receiver, List<PersonSnapshot> persons) {
        return Uni.createFrom().voidItem();
    }

    /** Golden record or links changed; not called for makes, merges and splits. */
    default Uni<Void> personUpdated(SqlConnection tx, PersonSnapshot person) {
        return Uni.createFrom().voidItem();
    }

    /** {@code retired} is MERGED into {@code survivor}; the identities have moved. */
    default Uni<Void> personsMerged(SqlConnection tx, PersonSnapshot survivor, PersonSnapshot retired) {
        return Uni.createFrom().voidItem();
    }

    /** {@code fresh} is new and holds identities that {@code remaining} held. */
    default Uni<Void> personSplit(SqlConnection tx, PersonSnapshot remaining, PersonSnapshot fresh) {
        return Uni.createFrom().voidItem();
    }

    /** {@code revived} had been merged into {@code remaining}; that was taken back, and its identities are its own again. */
    default Uni<Void> personRevived(SqlConnection tx, PersonSnapshot remaining, PersonSnapshot revived) {
        return personSplit(tx, remaining, revived);
    }
}
