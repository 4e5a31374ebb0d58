package cn.kangka.empi.hospital;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Does what a kind of message asks for. Every bean of this type whose {@link #handles} says yes runs, one after the
 * other by {@link #order}, in one transaction; the first refusal ends it and undoes all of it. The acknowledgement is
 * sent after the commit. A handler may run again for the same message when an earlier run was rolled back.
 */
public interface MessageHandler {
    /** Order of handlers that only link; those that need the link come later. */
    int LINKING = 100;

    /** Order of the others. */
    int CONTENT = 200;

    /** Whether this handler has something to do for MSH-9.1 and MSH-9.2. */
    boolean handles(String code, String trigger);

    /** Does it in the given transaction. */
    Uni<HandlerOutcome> handle(SqlConnection tx, Received message);

    /** Lower runs earlier. */
    default int order() {
        return CONTENT;
    }
}
