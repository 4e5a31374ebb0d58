package cn.kangka.api.appointment;

import cn.kangka.api.platform.RegionEvent;
import cn.kangka.api.platform.RegionEventHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;

/** Follows {@code visit.reported}: who arrived is checked in, who was seen has completed the visit. */
@ApplicationScoped
class VisitReports implements RegionEventHandler {
    private final AppointmentStore appointments;
    private final VisitStore store;
    private final Clock clock;

    VisitReports(AppointmentStore appointments, VisitStore store, Clock clock) {
        this.appointments = appointments;
        this.store = store;
        this.clock = clock;
    }

    private record Visit(
            UUID identity,
            String source,
            VisitPolicy.Kind kind,
            OffsetDateTime at,
            String department,
            UUID appointment) {
        static Visit read(JsonNode data) {
            String appointment = data.path("appointment").asText(null);
            return new Visit(
                    UUID.fromString(data.path("identity").asText()),
                    data.path("source").asText(),
                    VisitPolicy.Kind.valueOf(data.path("kind").asText()),
                    OffsetDateTime.parse(data.path("at").asText()),
                    data.path("department").asText(null),
                    appointment == null ? null : UUID.fromString(appointment));
        }
    }

    @Override
    public Set<String> types() {
        return Set.of("visit.reported");
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, RegionEvent event) {
        Visit visit = Visit.read(event.data());
        return find(tx, visit).chain(id -> id == null ? Uni.createFrom().voidItem() : note(tx, id, visit));
    }

    private Uni<UUID> find(SqlConnection tx, Visit visit) {
        LocalDate date = visit.at().atZoneSameInstant(clock.getZone()).toLocalDate();
        return visit.appointment() != null
                ? Uni.createFrom().item(visit.appointment())
                : store.match(tx, visit.identity(), visit.source(), date, visit.at(), visit.department());
    }

    private Uni<Void> note(SqlConnection tx, UUID id, Visit visit) {
        return appointments.lock(tx, id).chain(appointment -> {
            if (appointment == null || !appointment.slot().hospital().equals(visit.source())) {
                return Uni.createFrom().voidItem(); // Another hospital's visit changes nothing here.
            }
            AppointmentStatus after = appointment.after(visit.kind());
            Uni<Void> noted =
                    after == appointment.status() ? Uni.createFrom().voidItem() : store.note(tx, id, after, visit.at());
            return visit.kind() == VisitPolicy.Kind.CANCELLED
                    ? noted
                    : noted.chain(() -> store.reported(tx, id, visit.at()));
        });
    }
}
