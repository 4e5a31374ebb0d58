package cn.kangka.empi.fhir;

/** What {@code GET /fhir/metadata} says, and nothing that is not so. */
final class CapabilityStatement {
    static final String JSON = """
            {"resourceType":"CapabilityStatement","status":"active","date":"2026-11-01","kind":"instance",
             "software":{"name":"Kangka empi"},
             "implementation":{"description":"Directory and timetables of hospitals"},
             "fhirVersion":"4.0.1","format":["json"],
             "rest":[{"mode":"server",
               "documentation":"Bundles of Organization, HealthcareService, Practitioner, PractitionerRole, Schedule and Slot are taken whole and handed on; nothing is read or searched here.",
               "security":{"service":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/restful-security-service","code":"OAuth"}]}]},
               "interaction":[{"code":"transaction"},{"code":"batch"}]}]}
            """;

    private CapabilityStatement() {}
}
