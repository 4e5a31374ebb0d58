package cn.kangka.empi.fhir;

import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.Received;
import cn.kangka.empi.linking.Linked;
import cn.kangka.empi.linking.Linking;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Hands what hospitals say of a patient's care on to {@code api} (docs/v2-to-fhir.md). */
@ApplicationScoped
class ClinicalHandler implements MessageHandler {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Set<String> RESULTS = Set.of("R01", "R22", "R23", "R24", "R30", "R31", "R32");
    private static final Set<String> ADMISSIONS =
            Set.of("A01", "A03", "A04", "A05", "A08", "A11", "A13", "A28", "A31", "A60");

    /** What is stored and resolved to a person; nobody behind this service reads it. */
    private static final Set<String> KEPT = Set.of("OMD", "OMS", "OMN", "RAS", "RGV", "BAR", "DFT", "VXU", "PPR");

    private static final Map<String, Function<Clinical, List<ObjectNode>>> MAPPINGS = Map.ofEntries(
            Map.entry("ORU", ReportMapping::resources),
            Map.entry("OUL", ReportMapping::resources),
            Map.entry("ORM", ClinicalHandler::orders),
            Map.entry("OMG", OrderMapping::resources),
            Map.entry("OML", OrderMapping::resources),
            Map.entry("OMI", OrderMapping::resources),
            Map.entry("OMP", MedicationMapping::resources),
            Map.entry("RDE", MedicationMapping::resources),
            Map.entry("RDS", DispenseMapping::resources),
            Map.entry("MDM", DocumentMapping::resources),
            Map.entry("REF", ReferralMapping::resources),
            Map.entry("SIU", ScheduleMapping::resources),
            Map.entry("ADT", AllergyMapping::resources));

    private final Linking linking;
    private final RegionEvents events;

    ClinicalHandler(Linking linking, RegionEvents events) {
        this.linking = linking;
        this.events = events;
    }

    /** The old order message orders examinations and drugs alike. */
    private static List<ObjectNode> orders(Clinical clinical) {
        return Stream.concat(OrderMapping.resources(clinical).stream(), MedicationMapping.resources(clinical).stream())
                .toList();
    }

    @Override
    public boolean handles(String code, String trigger) {
        return switch (code) {
            case "ORU", "OUL" -> RESULTS.contains(trigger);
            case "ADT" -> ADMISSIONS.contains(trigger);
            default -> KEPT.contains(code) || MAPPINGS.containsKey(code);
        };
    }

    @Override
    public Uni<HandlerOutcome> handle(SqlConnection tx, Received received) {
        return Uni.createFrom()
                .deferred(() -> linking.resolve(tx, received.source(), received.message()))
                .chain(linked -> tell(tx, received, linked));
    }

    private Uni<HandlerOutcome> tell(SqlConnection tx, Received received, Linked linked) {
        Clinical clinical = new Clinical(
                received.source().id(),
                received.source().name(),
                linked.identity(),
                received.message(),
                received.at()
                        .atZone(CHINA)
                        .toOffsetDateTime()
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString());
        List<ObjectNode> resources = MAPPINGS.getOrDefault(received.message().code(), ignored -> List.of())
                .apply(clinical);
        return events.clinical(tx, linked.identity(), clinical.source(), received.id(), resources)
                .chain(() -> visit(tx, clinical))
                .replaceWith(() -> new HandlerOutcome.Accepted(linked.identity(), linked.person()));
    }

    private Uni<Void> visit(SqlConnection tx, Clinical clinical) {
        return Stream.of(clinical)
                .filter(each -> each.message().code().equals("ADT"))
                .flatMap(each -> Visit.of(each).stream())
                .map(visit -> events.visit(tx, visit))
                .findFirst()
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
