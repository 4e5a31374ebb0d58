package cn.kangka.api.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.UUID;

/** A feature that finds something of its own in what institutions say about patients: a CDI bean. */
public interface ClinicalPart {
    /** Takes it in, in the transaction of the whole bundle; what was taken before must change nothing. */
    Uni<Void> take(SqlConnection tx, UUID identity, String source, JsonNode bundle);
}
