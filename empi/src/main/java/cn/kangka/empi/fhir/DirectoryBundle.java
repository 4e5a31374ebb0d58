package cn.kangka.empi.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A hospital's directory and timetable as it posts them: resources by source, in the order in which they build on each
 * other, references by identifier, so that any part of them can travel alone.
 */
final class DirectoryBundle {
    private static final String OURS = "urn:kangka:";
    private static final String ORGANIZATION = OURS + "organization";

    /** What is taken, in the order in which it is handed on. */
    static final List<String> TYPES = List.of(
            "Organization", "Location", "HealthcareService", "Practitioner", "PractitionerRole", "Schedule", "Slot");

    private final Map<String, JsonNode> identifierByReference = new HashMap<>();
    private final Map<String, List<ObjectNode>> bySource = new LinkedHashMap<>();

    /**
     * Reads it.
     *
     * @param bundle in which they stand
     * @param entries those that {@link DirectoryRules} found nothing wrong with
     */
    DirectoryBundle(JsonNode bundle, List<JsonNode> entries, String received) {
        BundleEntries.references(bundle)
                .forEach((reference, identifiers) -> identifierByReference.put(reference, identifiers.path(0)));
        for (JsonNode entry : entries) {
            ObjectNode resource = entry.path("resource").deepCopy();
            String source = source(resource).orElseThrow();
            complete(resource, received);
            identify(resource);
            bySource.computeIfAbsent(source, key -> new ArrayList<>()).add(resource);
        }
        bySource.values()
                .forEach(resources -> resources.sort(Comparator.comparingInt(
                        each -> TYPES.indexOf(each.path("resourceType").asText()))));
    }

    Map<String, List<ObjectNode>> bySource() {
        return bySource;
    }

    /** Whose resource it is: the last part of an identifier's system; an organization is its own source. */
    static Optional<String> source(JsonNode resource) {
        for (JsonNode identifier : resource.path("identifier")) {
            String system = identifier.path("system").asText();
            if (system.equals(ORGANIZATION)) {
                return text(identifier.path("value"));
            }
            String[] parts = system.split(":");
            if (system.startsWith(OURS) && parts.length == 4) {
                return Optional.of(parts[3]);
            }
        }
        return resource.path("resourceType").asText().equals("Organization")
                ? text(resource.path("id"))
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static void complete(ObjectNode resource, String received) {
        JsonNode identifier = resource.path("identifier").path(0);
        if (!resource.hasNonNull("id")) {
            resource.put(
                    "id",
                    Nodes.id(
                            resource.path("resourceType").asText(),
                            identifier.path("system").asText(),
                            identifier.path("value").asText()));
        }
        ObjectNode meta = resource.withObject("/meta");
        if (!meta.hasNonNull("lastUpdated")) {
            meta.put("lastUpdated", received);
        }
    }

    /** References to what stands in the bundle become references by identifier, at any depth. */
    private void identify(JsonNode node) {
        if (node instanceof ObjectNode object) {
            JsonNode identifier =
                    identifierByReference.get(object.path("reference").asText());
            if (identifier != null && object.path("reference").isTextual() && !object.has("identifier")) {
                object.set("identifier", identifier.deepCopy());
                object.remove("reference");
            }
            object.forEach(this::identify);
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::identify);
        }
    }
}
