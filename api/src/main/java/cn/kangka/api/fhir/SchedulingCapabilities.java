package cn.kangka.api.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The CapabilityStatement of this service: what it reads and by what it searches, and nothing else. */
final class SchedulingCapabilities {
    private SchedulingCapabilities() {}

    static ObjectNode statement(String base) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode().put("resourceType", "CapabilityStatement");
        statement
                .put("status", "active")
                .put("date", "2026-11-30")
                .put("kind", "instance")
                .put("fhirVersion", "4.0.1");
        statement
                .putObject("implementation")
                .put("description", "康卡预约 Kangka, appointments")
                .put("url", base);
        statement.putArray("format").add("json");
        ObjectNode rest = statement.putArray("rest").addObject().put("mode", "server");
        ArrayNode resources = rest.putArray("resource");
        resource(resources, "Schedule", new String[][] {{"actor", "reference"}, {"date", "date"}});
        resource(resources, "Slot", new String[][] {{"schedule", "reference"}, {"start", "date"}});
        resource(resources, "Appointment", new String[][] {{"patient", "reference"}});
        return statement;
    }

    private static void resource(ArrayNode resources, String type, String[][] parameters) {
        ObjectNode resource = resources.addObject().put("type", type);
        ArrayNode interactions = resource.putArray("interaction");
        interactions.addObject().put("code", "read");
        interactions.addObject().put("code", "search-type");
        ArrayNode search = resource.putArray("searchParam");
        for (String[] each : parameters) {
            search.addObject().put("name", each[0]).put("type", each[1]);
        }
    }
}
