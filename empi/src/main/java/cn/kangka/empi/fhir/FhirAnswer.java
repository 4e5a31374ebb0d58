package cn.kangka.empi.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Answer to a FHIR request.
 *
 * @param body JSON; null for none
 * @param headers such as Location and ETag
 */
public record FhirAnswer(int status, String body, Map<String, String> headers) {

    static FhirAnswer of(ObjectNode resource) {
        return of(200, resource);
    }

    static FhirAnswer of(int status, ObjectNode resource) {
        return new FhirAnswer(status, resource.toString(), Map.of());
    }

    static FhirAnswer refused(int status, List<FhirIssue> issues) {
        return of(status, FhirIssue.outcome(issues));
    }

    FhirAnswer with(Map<String, String> some) {
        return new FhirAnswer(status, body, some);
    }
}
