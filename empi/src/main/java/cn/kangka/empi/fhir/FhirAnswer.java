package cn.kangka.empi.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Status and body of an answer to a FHIR request. */
public record FhirAnswer(int status, String body) {

    static FhirAnswer of(ObjectNode resource) {
        return new FhirAnswer(200, resource.toString());
    }

    static FhirAnswer refused(int status, List<FhirIssue> issues) {
        return new FhirAnswer(status, FhirIssue.outcome(issues).toString());
    }
}
