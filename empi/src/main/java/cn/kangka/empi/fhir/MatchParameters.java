package cn.kangka.empi.fhir;

import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.linking.Match;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@code $match} asks.
 *
 * @param count so many at most
 */
record MatchParameters(PatientDemographics patient, int count, boolean onlyCertain) {
    private static final int USUAL = 10;
    private static final int MOST = 50;

    /**
     * Reads a Parameters resource that keeps the FHIR rules.
     *
     * @throws FhirRefusedException when it cannot be asked
     */
    static MatchParameters of(JsonNode parameters, PatientJson patients) {
        JsonNode patient = null;
        int count = USUAL;
        boolean onlyCertain = false;
        List<FhirIssue> issues = new ArrayList<>();
        for (JsonNode parameter : parameters.path("parameter")) {
            switch (parameter.path("name").asText()) {
                case "resource" -> patient = parameter.path("resource");
                case "count" -> count = parameter.path("valueInteger").asInt(0);
                case "onlyCertainMatches" ->
                    onlyCertain = parameter.path("valueBoolean").asBoolean();
                default ->
                    issues.add(new FhirIssue(
                            "not-supported",
                            "Parameters.parameter.name",
                            "known are resource, count, onlyCertainMatches"));
            }
        }
        if (count < 1 || count > MOST) {
            issues.add(new FhirIssue("value", "Parameters.parameter.valueInteger", "count is 1 to " + MOST));
        }
        if (patient == null || !"Patient".equals(patient.path("resourceType").asText())) {
            issues.add(new FhirIssue("required", "Parameters.parameter.resource", "there is no Patient"));
            throw new FhirRefusedException(422, issues);
        }
        PatientDemographics read = patients.read(patient, issues);
        if (!issues.isEmpty()) {
            throw new FhirRefusedException(422, issues);
        }
        return new MatchParameters(read, count, onlyCertain);
    }

    /** Those of the matches that were asked for. */
    List<Match> wanted(List<Match> found) {
        return found.stream()
                .filter(match -> !onlyCertain || match.grade() == Match.Grade.CERTAIN)
                .limit(count)
                .toList();
    }
}
