package cn.kangka.empi.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/** Small pieces of FHIR JSON. What is absent leaves no element. */
final class Nodes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Nodes() {}

    static ObjectNode object() {
        return JSON.objectNode();
    }

    /** A resource with an id that depends on its identifier only, so that a correction has the id of the first. */
    static ObjectNode resource(String type, String system, String value, String updated) {
        ObjectNode resource = object().put("resourceType", type).put("id", id(type, system, value));
        resource.putArray("identifier").add(identifier(system, value));
        resource.putObject("meta").put("lastUpdated", updated);
        return resource;
    }

    static String id(String type, String system, String value) {
        return UUID.nameUUIDFromBytes((type + "|" + system + "|" + value).getBytes(UTF_8))
                .toString();
    }

    static ObjectNode identifier(String system, String value) {
        return object().put("system", system).put("value", value);
    }

    /** A reference by identifier, as everything in a bundle of the directory is named. */
    static ObjectNode identified(String system, String value) {
        ObjectNode reference = object();
        reference.set("identifier", identifier(system, value));
        return reference;
    }

    /** Sets a text unless it is null or blank. */
    static void put(ObjectNode node, String name, String value) {
        if (value != null && !value.isBlank()) {
            node.put(name, value.strip());
        }
    }

    /** Sets an element unless there is none. */
    static void set(ObjectNode node, String name, ObjectNode element) {
        if (element != null) {
            node.set(name, element);
        }
    }

    /** Adds an element to a list that exists only when it has one. */
    static void add(ObjectNode node, String name, ObjectNode element) {
        if (element != null) {
            node.withArray(name).add(element);
        }
    }

    /** A reference that only names somebody; none without a name. */
    static void display(ObjectNode node, String name, String display) {
        if (!display.isBlank()) {
            node.putObject(name).put("display", display.strip());
        }
    }

    /** Notes (Annotation) of NTE-3; none when they say nothing. */
    static void notes(ObjectNode node, List<Segment> notes) {
        List<String> texts = notes.stream()
                .map(note -> FormattedText.plain(note.text(3)))
                .filter(text -> !text.isBlank())
                .toList();
        if (!texts.isEmpty()) {
            ArrayNode told = node.putArray("note");
            texts.forEach(text -> told.add(text(text)));
        }
    }

    /** A CodeableConcept with text only. */
    static ObjectNode text(String text) {
        return object().put("text", text);
    }

    /** A CodeableConcept with one code and no text. */
    static ObjectNode code(String system, String code) {
        ObjectNode concept = object();
        ObjectNode coding = concept.putArray("coding").addObject();
        put(coding, "system", system);
        coding.put("code", code);
        return concept;
    }

    /** A Bundle of type collection. */
    static ObjectNode collection(List<ObjectNode> resources) {
        ObjectNode bundle = object().put("resourceType", "Bundle").put("type", "collection");
        ArrayNode entries = bundle.putArray("entry");
        resources.forEach(resource -> entries.addObject().set("resource", resource));
        return bundle;
    }
}
