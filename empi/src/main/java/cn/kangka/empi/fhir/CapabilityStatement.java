package cn.kangka.empi.fhir;

/** What {@code GET /fhir/metadata} says, and nothing that is not so. */
final class CapabilityStatement {
    static final String JSON = """
            {"resourceType":"CapabilityStatement","status":"active","date":"2026-11-30","kind":"instance",
             "software":{"name":"Kangka empi"},
             "implementation":{"description":"Master patient index; directory and timetables of hospitals"},
             "fhirVersion":"4.0.1","format":["json","xml"],
             "rest":[{"mode":"server",
               "documentation":"IHE PIXm (ITI-83, ITI-104), PDQm (ITI-78, ITI-119), PMIR (ITI-93, ITI-94). Bundles of Patient, Organization, Location, HealthcareService, Practitioner, PractitionerRole, Schedule and Slot are taken; those of the directory are handed on.",
               "security":{"service":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/restful-security-service","code":"OAuth"}]}]},
               "resource":[{"type":"Patient",
                 "documentation":"Ids are the region's, demographics the best of all institutions. Update by Patient?identifier=system|value only. What is known of people is sealed, so that names are found whole.",
                 "interaction":[{"code":"read"},{"code":"update"},{"code":"create"},{"code":"search-type"}],
                 "versioning":"versioned","readHistory":false,"updateCreate":true,
                 "conditionalCreate":true,"conditionalUpdate":true,"conditionalDelete":"not-supported",
                 "searchParam":[
                   {"name":"_id","type":"token"},
                   {"name":"identifier","type":"token"},
                   {"name":"name","type":"string"},
                   {"name":"family","type":"string"},
                   {"name":"given","type":"string"},
                   {"name":"telecom","type":"token"},
                   {"name":"phone","type":"token"},
                   {"name":"birthdate","type":"date"},
                   {"name":"gender","type":"token"},
                   {"name":"active","type":"token"},
                   {"name":"address","type":"string"},
                   {"name":"address-city","type":"string"},
                   {"name":"address-state","type":"string"},
                   {"name":"address-postalcode","type":"string"},
                   {"name":"address-country","type":"string"}],
                 "operation":[
                   {"name":"match","definition":"http://hl7.org/fhir/OperationDefinition/Patient-match"},
                   {"name":"ihe-pix","definition":"https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix"}]},
                {"type":"Subscription",
                 "documentation":"criteria Patient, channel.type message (IHE PMIR ITI-94); one's own only.",
                 "interaction":[{"code":"create"},{"code":"read"},{"code":"update"},{"code":"delete"},{"code":"search-type"}],
                 "versioning":"versioned","readHistory":false,"updateCreate":false}],
               "interaction":[{"code":"transaction"},{"code":"batch"}],
               "operation":[{"name":"process-message","definition":"http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message"}]}]}
            """;

    private CapabilityStatement() {}
}
