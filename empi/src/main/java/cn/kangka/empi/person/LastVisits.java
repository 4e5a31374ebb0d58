package cn.kangka.empi.person;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;

/** Knows when identities were last seen at a hospital. */
public interface LastVisits {
    /** The last day any of the identities was registered or admitted; null when none is known. */
    Uni<LocalDate> lastVisit(SqlClient client, Collection<UUID> identities);
}
