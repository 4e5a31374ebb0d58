package cn.kangka.api.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Set;

/** A feature that follows events of the index: a CDI bean; exactly one handles each type. */
public interface RegionEventHandler {
    /** The event types it applies, such as {@code person.changed}. */
    Set<String> types();

    /**
     * Applies the event in the given transaction, which is its own. The same id never comes twice; an older version of
     * an aggregate may, and is for the handler to ignore where the event carries a full state.
     *
     * @return completes when applied. Fails with {@link NotYet} when something it needs is missing still (the event
     *     comes again later); with {@link IllegalArgumentException} when no retry can heal it (it is parked)
     */
    Uni<Void> apply(SqlConnection tx, RegionEvent event);
}
