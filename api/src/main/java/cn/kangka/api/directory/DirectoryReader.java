package cn.kangka.api.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the FHIR R4 subset of docs/between-services.md: Organization, Location, HealthcareService, Practitioner,
 * PractitionerRole, Schedule, Slot. A resource without an identifier or name, or a slot without times, is left out and
 * counted; other resource types are ignored.
 */
final class DirectoryReader {
    private static final String FEE = "urn:kangka:fee";
    private static final String UNITS = "urn:kangka:units";
    private static final String MODE = "urn:kangka:mode";
    private static final String MODALITY = "urn:kangka:modality";
    private static final String SUBJECT = "urn:kangka:subject";
    private static final Pattern SUBJECT_CODE = Pattern.compile("\\d{2}(\\.\\d{2})?");

    /** What could be read, the sessions that do not take place (an inactive Schedule), and how many resources could not. */
    record Reading(DirectoryBundle bundle, List<String> ended, int unreadable) {}

    private final Map<String, List<JsonNode>> byType = new HashMap<>();
    private final Map<String, String> codeById = new HashMap<>();
    private int unreadable;

    private DirectoryReader(JsonNode bundle) {
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            String type = resource.path("resourceType").asText();
            byType.computeIfAbsent(type, key -> new ArrayList<>()).add(resource);
            codeById.put(type + "/" + resource.path("id").asText(), code(resource));
        }
    }

    static Reading read(JsonNode bundle) {
        DirectoryReader reader = new DirectoryReader(bundle);
        DirectoryBundle said = new DirectoryBundle(
                reader.all("Organization", DirectoryReader::hospital, DirectoryBundle.Hospital::id),
                reader.all("Location", DirectoryReader::campus, DirectoryBundle.Campus::code),
                reader.all("HealthcareService", reader::department, DirectoryBundle.Department::code),
                reader.all("Practitioner", DirectoryReader::practitioner, DirectoryBundle.Practitioner::code),
                reader.all("PractitionerRole", reader::role, DirectoryBundle.Role::code),
                reader.all("Schedule", reader::session, DirectoryBundle.Session::code),
                reader.all("Slot", reader::slot, DirectoryBundle.Slot::code));
        List<String> ended = reader.ended();
        return new Reading(said.without(ended), ended, reader.unreadable);
    }

    private List<String> ended() {
        return byType.getOrDefault("Schedule", List.of()).stream()
                .filter(each -> !each.path("active").asBoolean(true))
                .map(DirectoryReader::code)
                .distinct()
                .toList();
    }

    private <T> List<T> all(String type, Function<JsonNode, T> reading, Function<T, String> key) {
        Map<String, T> byKey = new LinkedHashMap<>();
        for (JsonNode resource : byType.getOrDefault(type, List.of())) {
            T said = readable(resource, reading);
            if (said == null || key.apply(said) == null) {
                unreadable++;
            } else {
                byKey.put(key.apply(said), said);
            }
        }
        return List.copyOf(byKey.values());
    }

    private static <T> T readable(JsonNode resource, Function<JsonNode, T> reading) {
        try {
            return reading.apply(resource);
        } catch (DateTimeException e) {
            return null; // Counted by the caller.
        }
    }

    private static DirectoryBundle.Hospital hospital(JsonNode resource) {
        String type = resource.at("/type/0/coding/0/code").asText("prov");
        List<String> aliases = new ArrayList<>();
        resource.path("alias").forEach(alias -> aliases.add(alias.asText()));
        return !type.equals("prov") || text(resource, "/name") == null
                ? null
                : new DirectoryBundle.Hospital(
                        text(resource, "/id"),
                        text(resource, "/name"),
                        aliases,
                        text(resource, "/type/0/text"),
                        address(resource),
                        text(resource, "/telecom/0/value"));
    }

    private static String address(JsonNode organization) {
        String whole = text(organization, "/address/0/text");
        return whole != null ? whole : text(organization, "/address/0/line/0");
    }

    private static DirectoryBundle.Campus campus(JsonNode resource) {
        JsonNode latitude = resource.at("/position/latitude");
        JsonNode longitude = resource.at("/position/longitude");
        boolean there = latitude.isNumber()
                && longitude.isNumber()
                && Position.possible(latitude.asDouble(), longitude.asDouble());
        String whole = text(resource, "/address/text");
        return text(resource, "/name") == null
                ? null
                : new DirectoryBundle.Campus(
                        code(resource),
                        text(resource, "/name"),
                        whole != null ? whole : text(resource, "/address/line/0"),
                        text(resource, "/telecom/0/value"),
                        there ? latitude.asDouble() : null,
                        there ? longitude.asDouble() : null);
    }

    private DirectoryBundle.Department department(JsonNode resource) {
        return text(resource, "/name") == null
                ? null
                : new DirectoryBundle.Department(
                        code(resource),
                        text(resource, "/name"),
                        concept(resource, "specialty"),
                        subject(resource),
                        reference(resource.at("/location/0")));
    }

    private static String subject(JsonNode resource) {
        for (JsonNode type : resource.path("type")) {
            for (JsonNode coding : type.path("coding")) {
                String code = coding.path("code").asText();
                if (coding.path("system").asText().equals(SUBJECT)
                        && SUBJECT_CODE.matcher(code).matches()) {
                    return code;
                }
            }
        }
        return null;
    }

    private static DirectoryBundle.Practitioner practitioner(JsonNode resource) {
        String name = text(resource, "/name/0/text");
        return name == null
                ? null
                : new DirectoryBundle.Practitioner(
                        code(resource),
                        name,
                        text(resource, "/qualification/0/code/text"),
                        resource.path("active").asBoolean(true));
    }

    private DirectoryBundle.Role role(JsonNode resource) {
        return new DirectoryBundle.Role(
                code(resource),
                reference(resource.path("practitioner")),
                reference(resource.at("/healthcareService/0")),
                concept(resource, "specialty"));
    }

    private DirectoryBundle.Session session(JsonNode resource) {
        JsonNode fee = extension(resource, FEE).at("/valueMoney/value");
        return new DirectoryBundle.Session(
                code(resource),
                reference(resource.at("/actor/0")),
                time(resource, "/planningHorizon/start"),
                time(resource, "/planningHorizon/end"),
                fee.isNumber() ? fee.decimalValue() : BigDecimal.ZERO,
                extension(resource, MODE).path("valueCode").asText().equals("DRAW"),
                extension(resource, MODALITY).path("valueCode").asText().equals("REMOTE"));
    }

    private DirectoryBundle.Slot slot(JsonNode resource) {
        OffsetDateTime start = time(resource, "/start");
        OffsetDateTime end = time(resource, "/end");
        String session = reference(resource.path("schedule"));
        boolean complete = session != null && start != null && end != null && end.isAfter(start);
        int units = extension(resource, UNITS).path("valuePositiveInt").asInt(1);
        boolean open = resource.path("status").asText("free").equals("free");
        return complete ? new DirectoryBundle.Slot(code(resource), session, start, end, open, units) : null;
    }

    private String reference(JsonNode reference) {
        String byIdentifier = text(reference, "/identifier/value");
        return byIdentifier != null
                ? byIdentifier
                : codeById.get(reference.path("reference").asText());
    }

    /** The hospital's own code: the first identifier of our systems, else the resource's id. */
    private static String code(JsonNode resource) {
        String first = text(resource, "/identifier/0/value");
        for (JsonNode identifier : resource.path("identifier")) {
            if (identifier.path("system").asText().startsWith("urn:kangka:")) {
                return text(identifier, "/value");
            }
        }
        return first != null ? first : text(resource, "/id");
    }

    private static String concept(JsonNode resource, String field) {
        JsonNode concept = resource.at("/" + field + "/0");
        String text = text(concept, "/text");
        return text != null ? text : text(concept, "/coding/0/display");
    }

    private static JsonNode extension(JsonNode resource, String url) {
        for (JsonNode extension : resource.path("extension")) {
            if (extension.path("url").asText().equals(url)) {
                return extension;
            }
        }
        return resource.path("no-such-extension");
    }

    private static OffsetDateTime time(JsonNode resource, String path) {
        String text = text(resource, path);
        return text == null ? null : OffsetDateTime.parse(text);
    }

    private static String text(JsonNode node, String path) {
        JsonNode value = node.at(path);
        return value.isValueNode() && !value.asText().isBlank() ? value.asText().strip() : null;
    }

    /** Codes that are pointed to, each once. */
    static <T> List<String> pointedTo(Collection<T> from, Function<T, String> reference) {
        return from.stream()
                .map(reference)
                .filter(code -> code != null)
                .distinct()
                .toList();
    }
}
