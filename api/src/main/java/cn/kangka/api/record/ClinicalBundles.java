package cn.kangka.api.record;

import cn.kangka.api.appointment.HospitalSchedule;
import cn.kangka.api.platform.RegionEvent;
import cn.kangka.api.platform.RegionEventHandler;
import cn.kangka.api.safety.SafetyChecks;
import cn.kangka.api.safety.ToldAllergy;
import cn.kangka.api.safety.ToldOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Takes in what hospitals say about patients ({@code clinical.bundle}), and gives each part to whom it concerns. */
@ApplicationScoped
class ClinicalBundles implements RegionEventHandler {
    private final HospitalSchedule schedule;
    private final ReportIntake reports;
    private final SafetyChecks safety;
    private final List<ClinicalPart> parts;
    private final Clock clock;

    ClinicalBundles(
            HospitalSchedule schedule,
            ReportIntake reports,
            SafetyChecks safety,
            @All List<ClinicalPart> parts,
            Clock clock) {
        this.schedule = schedule;
        this.parts = parts;
        this.reports = reports;
        this.safety = safety;
        this.clock = clock;
    }

    @Override
    public Set<String> types() {
        return Set.of("clinical.bundle");
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, RegionEvent event) {
        UUID identity = UUID.fromString(String.valueOf(Fhir.text(event.data(), "identity")));
        String source = Fhir.text(event.data(), "source");
        JsonNode bundle = event.data().path("bundle");
        if (source == null || !bundle.isObject()) {
            throw new IllegalArgumentException("a clinical.bundle without source or bundle");
        }
        Instant now = clock.instant();
        // First: it takes the person's lock.
        Uni<Void> taken = schedule.take(tx, source, bundle);
        for (ReceivedReport report : ReportReader.read(identity, source, bundle, now)) {
            taken = taken.chain(() -> reports.take(tx, report));
        }
        for (ClinicalPart part : parts) {
            taken = taken.chain(() -> part.take(tx, identity, source, bundle));
        }
        List<ToldAllergy> allergies = SafetyReader.allergies(identity, source, bundle, now);
        List<ToldOrder> orders = SafetyReader.orders(identity, source, bundle, now);
        return taken.chain(() -> safety.take(tx, identity, allergies, orders));
    }
}
