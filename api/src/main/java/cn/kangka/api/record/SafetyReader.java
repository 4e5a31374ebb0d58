package cn.kangka.api.record;

import cn.kangka.api.safety.ToldAllergy;
import cn.kangka.api.safety.ToldOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads the allergies and prescriptions of a bundle. Resources that name no substance are left out. */
final class SafetyReader {
    private static final Set<String> STANDING = Set.of("active", "on-hold", "draft", "unknown");

    private SafetyReader() {}

    /** @throws IllegalArgumentException when one is about somebody else */
    static List<ToldAllergy> allergies(UUID identity, String source, JsonNode bundle, Instant now) {
        return Fhir.resources(bundle, "AllergyIntolerance").stream()
                .filter(each -> Fhir.display(each.path("code")) != null)
                .map(each -> allergy(identity, source, each, now))
                .toList();
    }

    private static ToldAllergy allergy(UUID identity, String source, JsonNode allergy, Instant now) {
        about(identity, allergy.has("patient") ? allergy.path("patient") : allergy.path("subject"));
        String text = Fhir.display(allergy.path("code"));
        String status = Fhir.firstCode(allergy.path("clinicalStatus"));
        return new ToldAllergy(
                identity,
                source,
                Objects.requireNonNullElse(Fhir.identifier(allergy, "urn:kangka:allergy:" + source), text),
                Fhir.code(allergy.path("code"), Fhir.ATC),
                text,
                reaction(allergy),
                Fhir.text(allergy, "criticality"),
                status == null || status.equals("active"),
                written(allergy, now));
    }

    private static String reaction(JsonNode allergy) {
        String reaction = Fhir.each(allergy.path("reaction"))
                .flatMap(each -> Fhir.each(each.path("manifestation")))
                .map(Fhir::display)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("、"));
        return reaction.isEmpty() ? null : reaction;
    }

    /** @throws IllegalArgumentException when one is about somebody else, or has no number */
    static List<ToldOrder> orders(UUID identity, String source, JsonNode bundle, Instant now) {
        return Fhir.resources(bundle, "MedicationRequest").stream()
                .filter(each -> Fhir.display(each.path("medicationCodeableConcept")) != null)
                .map(each -> order(identity, source, each, now))
                .toList();
    }

    private static ToldOrder order(UUID identity, String source, JsonNode order, Instant now) {
        about(identity, order.path("subject"));
        String number = Fhir.identifier(order, "urn:kangka:order:" + source);
        if (number == null) {
            throw new IllegalArgumentException("an order without a number");
        }
        Instant ordered = Fhir.time(Fhir.text(order, "authoredOn"));
        return new ToldOrder(
                identity,
                source,
                number,
                Fhir.code(order.path("medicationCodeableConcept"), Fhir.ATC),
                Fhir.display(order.path("medicationCodeableConcept")),
                STANDING.contains(Objects.requireNonNullElse(Fhir.text(order, "status"), "active")),
                ordered == null ? now : ordered,
                written(order, now));
    }

    private static Instant written(JsonNode resource, Instant now) {
        Instant written = Fhir.time(Fhir.text(resource.path("meta"), "lastUpdated"));
        return written == null ? now : written;
    }

    private static void about(UUID identity, JsonNode reference) {
        if (!("Patient/" + identity).equals(Fhir.text(reference, "reference"))) {
            throw new IllegalArgumentException("a resource of another subject");
        }
    }
}
