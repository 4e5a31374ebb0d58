package cn.kangka.empi.traffic;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.traffic.MessageViews.Content;
import cn.kangka.empi.traffic.MessageViews.FieldView;
import cn.kangka.empi.traffic.MessageViews.SegmentView;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes messages apart for people: segments and fields with their names, or a resource. Blocking for large ones. */
@ApplicationScoped
class Contents {
    private static final String HIDDEN = "●";
    /** Elements of FHIR that hold codes, types and places rather than a person's data. */
    private static final Set<String> OPEN_ELEMENTS = Set.of(
            "resourceType",
            "type",
            "system",
            "use",
            "status",
            "method",
            "url",
            "eventUri",
            "endpoint",
            "code",
            "severity",
            "expression",
            "diagnostics",
            "active",
            "mode",
            "relation",
            "etag");

    private static final Pattern XML_VALUE = Pattern.compile("( value=\")([^\"]*)(\")");

    private final ObjectMapper json;

    Contents(ObjectMapper json) {
        this.json = json;
    }

    /**
     * What a message says.
     *
     * @param opened whether values that say something of a person are shown
     */
    Content of(String text, boolean opened) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("\uFEFF{")) {
            return resource(text, opened);
        }
        if (start.startsWith("<")) {
            return new Content(null, null, opened ? text : hidden(text));
        }
        return new Content(segments(text, opened), null, opened ? text : null);
    }

    private static String hidden(String xml) {
        Matcher values = XML_VALUE.matcher(xml);
        return values.replaceAll(found -> Matcher.quoteReplacement(
                found.group(1) + HIDDEN.repeat(Math.min(found.group(2).length(), 8)) + found.group(3)));
    }

    private Content resource(String text, boolean opened) {
        try {
            JsonNode resource = json.readTree(text.replace("\uFEFF", ""));
            return new Content(null, opened ? resource : hidden(resource, null), opened ? text : null);
        } catch (JsonProcessingException e) {
            return new Content(null, null, opened ? text : null);
        }
    }

    private static JsonNode hidden(JsonNode node, String name) {
        if (node instanceof ObjectNode object) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(each -> shown.set(each.getKey(), hidden(each.getValue(), each.getKey())));
            return shown;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode();
            array.forEach(each -> shown.add(hidden(each, name)));
            return shown;
        }
        return OPEN_ELEMENTS.contains(name) ? node : JsonNodeFactory.instance.textNode(HIDDEN);
    }

    private static List<SegmentView> segments(String text, boolean opened) {
        List<SegmentView> all = new ArrayList<>();
        if (!(Hl7Message.read(text) instanceof Hl7Message message)) {
            return all;
        }
        for (Segment segment : message.segments()) {
            List<FieldView> fields = new ArrayList<>();
            for (int position = 1; position <= segment.lastField(); position++) {
                List<Repetition> repetitions = segment.repetitions(position);
                if (!repetitions.isEmpty()) {
                    fields.add(field(segment.name(), position, repetitions, opened));
                }
            }
            all.add(new SegmentView(segment.name(), fields));
        }
        return all;
    }

    private static FieldView field(String segment, int position, List<Repetition> repetitions, boolean opened) {
        boolean hidden = !opened && !Hl7Names.isOpen(segment, position);
        boolean delimiters = segment.equals("MSH") && position <= 2;
        return new FieldView(
                position,
                Hl7Names.name(segment, position),
                hidden,
                repetitions.stream()
                        .map(each -> delimiters ? List.of(List.of(each.raw())) : parts(each, hidden))
                        .toList());
    }

    /** What is hidden keeps its shape: which components there are, and that they are not empty. */
    private static List<List<String>> parts(Repetition repetition, boolean hidden) {
        return repetition.parts().stream()
                .map(component -> component.stream()
                        .map(each -> hidden && !each.isEmpty() ? HIDDEN : each)
                        .toList())
                .toList();
    }
}
