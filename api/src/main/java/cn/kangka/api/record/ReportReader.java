package cn.kangka.api.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the DiagnosticReports of a bundle with their Observations. What the subset requires and is missing throws. */
final class ReportReader {
    private static final String UNTITLED = "检查报告";
    private static final String ENTERED_IN_ERROR = "entered-in-error";

    private ReportReader() {}

    /**
     * Every report of the bundle.
     *
     * @param now stands in for a time of issue that is missing
     * @throws IllegalArgumentException when a report has no number, no known status, or another subject
     */
    static List<ReceivedReport> read(UUID identity, String source, JsonNode bundle, Instant now) {
        Map<String, JsonNode> observations = Fhir.resources(bundle, "Observation").stream()
                .collect(Collectors.toMap(
                        each -> String.valueOf(Fhir.text(each, "id")), Function.identity(), (first, again) -> again));
        return Fhir.resources(bundle, "DiagnosticReport").stream()
                .map(report -> report(identity, source, report, observations, now))
                .toList();
    }

    private static ReceivedReport report(
            UUID identity, String source, JsonNode report, Map<String, JsonNode> observations, Instant now) {
        String number = Fhir.identifier(report, "urn:kangka:report:" + source);
        if (number == null || !("Patient/" + identity).equals(Fhir.text(report.path("subject"), "reference"))) {
            throw new IllegalArgumentException("a report without number, or of another subject");
        }
        String title = Fhir.display(report.path("code"));
        String hospital = Fhir.text(report.path("performer").path(0), "display");
        Instant effective = Fhir.time(Fhir.text(report, "effectiveDateTime"));
        Instant issued = Fhir.time(Fhir.text(report, "issued"));
        return new ReceivedReport(
                identity,
                source,
                number,
                ReportStatus.of(Fhir.text(report, "status")),
                Fhir.code(report.path("code"), Fhir.LOINC),
                title == null ? UNTITLED : title,
                Fhir.firstCode(report.path("category").path(0)),
                hospital == null ? source : hospital,
                effective,
                issued == null ? now : issued,
                Fhir.text(report, "conclusion"),
                Fhir.each(report.path("result"))
                        .map(result -> observations.get(
                                String.valueOf(Fhir.text(result, "reference")).replaceFirst("^Observation/", "")))
                        .filter(Objects::nonNull)
                        .filter(each -> !ENTERED_IN_ERROR.equals(Fhir.text(each, "status")))
                        .map(each -> observation(each, effective))
                        .toList());
    }

    private static ReceivedObservation observation(JsonNode observation, Instant otherwise) {
        JsonNode quantity = observation.path("valueQuantity");
        JsonNode range = observation.path("referenceRange").path(0);
        String flag = Fhir.firstCode(observation.path("interpretation").path(0));
        String loinc = Fhir.code(observation.path("code"), Fhir.LOINC);
        Instant at = Fhir.time(Fhir.text(observation, "effectiveDateTime"));
        return new ReceivedObservation(
                loinc,
                loinc == null ? Fhir.firstCode(observation.path("code")) : null,
                Objects.requireNonNullElse(Fhir.display(observation.path("code")), "-"),
                Fhir.text(quantity, "comparator"),
                Fhir.number(quantity.path("value")),
                Fhir.text(quantity, "unit") == null ? Fhir.text(quantity, "code") : Fhir.text(quantity, "unit"),
                text(observation),
                flag != null && ReceivedObservation.FLAGS.contains(flag) ? flag : null,
                Fhir.number(range.path("low").path("value")),
                Fhir.number(range.path("high").path("value")),
                Fhir.text(range, "text"),
                at == null ? otherwise : at);
    }

    private static String text(JsonNode observation) {
        String text = Fhir.text(observation, "valueString");
        return text == null ? Fhir.display(observation.path("valueCodeableConcept")) : text;
    }
}
