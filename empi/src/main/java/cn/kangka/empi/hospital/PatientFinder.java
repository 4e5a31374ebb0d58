package cn.kangka.empi.hospital;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Says whom a message is about that nobody handles, so that the log can be searched by person. */
public interface PatientFinder {
    /** Identity and person; both null when the message names nobody who is known. Never fails, makes nothing. */
    Uni<HandlerOutcome.Accepted> whose(SqlConnection tx, Received message);
}
