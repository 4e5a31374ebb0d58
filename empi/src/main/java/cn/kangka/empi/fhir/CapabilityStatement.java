package cn.kangka.empi.fhir;

/** What {@code GET /fhir/metadata} says, and nothing that is not so. */
final class CapabilityStatement {
    static final String JSON = """
            {"resourceType":"CapabilityStatement","status":"active","date":"2026-11-01","kind":"instance",
             "software":{"name":"Kangka empi"},
             "implementation":{"description":"Master patient index; directory and timetables of hospitals"},
             "fhirVersion":"4.0.1","format":["json"],
             "rest":[{"mode":"server",
               "documentation":"Bundles of Organization, HealthcareService, Practitioner, PractitionerRole, Schedule and Slot are taken whole and handed on; patients are found by $match (IHE PDQm ITI-119).",
               "security":{"service":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/restful-security-service","code":"OAuth"}]}]},
               "resource":[{"type":"Patient","operation":[{"name":"match","definition":"http://hl7.org/fhir/OperationDefinition/Patient-match"}]}],
               "interaction":[{"code":"transaction"},{"code":"batch"}]}]}
            """;

    private CapabilityStatement() {}
}
