package cn.kangka.empi.fhir;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Versions of what is told about an identity or a source. */
@ApplicationScoped
class ClinicalStore {
    /**
     * The next version for an aggregate. The lock is held until the end of the transaction, so that versions, outbox
     * ids and commits have one order.
     */
    Uni<Long> nextVersion(SqlConnection tx, String aggregate) {
        return tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 2))")
                .execute(Tuple.of("clinical:" + aggregate))
                .chain(() -> tx.preparedQuery("select nextval('clinical_version') as version")
                        .execute())
                .map(rows -> rows.iterator().next().getLong("version"));
    }
}
