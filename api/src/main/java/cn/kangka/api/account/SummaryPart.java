package cn.kangka.api.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * One field of {@code GET /v1/me/summary}, from the feature that owns it: a CDI bean. Parts are asked one after the
 * other on one connection, so each is one cheap query.
 */
public interface SummaryPart {
    /** The field, such as {@code nextAppointment}. */
    String field();

    /**
     * Its value, written as JSON; null leaves the field out.
     *
     * @param caller at any level; what takes more than the caller has is left out
     */
    Uni<?> value(SqlConnection connection, Caller caller);
}
