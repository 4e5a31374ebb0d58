package cn.kangka.empi.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What is wrong with a FHIR request: one issue of an OperationOutcome.
 *
 * @param code FHIR issue-type, such as {@code structure}, {@code required}, {@code forbidden}
 * @param element FHIRPath of the element at fault
 * @param text for the sender's staff, English, without any identifier of a person
 */
record FhirIssue(String code, String element, String text) {
    private static final int MOST = 50;

    /** An OperationOutcome that names the first fifty. */
    static ObjectNode outcome(List<FhirIssue> issues) {
        ObjectNode outcome = Nodes.object().put("resourceType", "OperationOutcome");
        ArrayNode list = outcome.putArray("issue");
        issues.stream().limit(MOST).forEach(issue -> {
            ObjectNode node = list.addObject()
                    .put("severity", "error")
                    .put("code", issue.code())
                    .put("diagnostics", issue.text());
            if (issue.element() != null) {
                node.putArray("expression").add(issue.element());
            }
        });
        return outcome;
    }
}
