package cn.kangka.empi.hospital;

import cn.kangka.empi.person.LastVisits;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.UUID;

/** Visits as the message log knows them: admissions and registrations that were accepted. */
@ApplicationScoped
class VisitLog implements LastVisits {
    private final Clock clock;

    VisitLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Uni<LocalDate> lastVisit(SqlClient client, Collection<UUID> identities) {
        return client.preparedQuery("select max(received_at) from message where identity = any($1)"
                        + " and direction = 'IN' and state = 'ACCEPTED' and code = 'ADT'"
                        + " and trigger_event in ('A01', 'A04')")
                .execute(Tuple.of(identities.toArray(UUID[]::new)))
                .map(rows -> {
                    OffsetDateTime last = rows.iterator().next().getOffsetDateTime(0);
                    return last == null
                            ? null
                            : last.atZoneSameInstant(clock.getZone()).toLocalDate();
                });
    }
}
