package cn.kangka.empi.fhir;

import cn.kangka.empi.hospital.Authority;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.Numbers;
import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.identity.Sex;
import cn.kangka.empi.person.IdentityRef;
import cn.kangka.empi.person.PersonSnapshot;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Patient (FHIR R4) and what the index knows of somebody. Identifiers: a document by {@code type.coding.code} of HL7 table
 * 0203 or, for the resident id, the system {@value #RESIDENT_ID}; an id of a domain that everybody may cite by the domain's
 * OID.
 */
@ApplicationScoped
class PatientJson {
    static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    static final String ENTERPRISE_ID = "urn:kangka:person";
    private static final Map<String, Sex> SEXES = Map.of("male", Sex.MALE, "female", Sex.FEMALE);
    private static final List<String> NAME_USES = List.of("official", "usual");

    private final Sources sources;

    PatientJson(Sources sources) {
        this.sources = sources;
    }

    /**
     * Reads what is known of somebody.
     *
     * @param issues what cannot be understood is added
     */
    PatientDemographics read(JsonNode patient, List<FhirIssue> issues) {
        JsonNode name = bestName(patient.path("name"));
        String family = text(name.path("family"));
        String given = StreamSupport.stream(name.path("given").spliterator(), false)
                .map(JsonNode::asText)
                .reduce("", (all, one) -> (all + " " + one).strip());
        String whole = family == null && given.isEmpty()
                ? Names.whole(text(name.path("text")), "")
                : Names.whole(family, given);
        String birth = text(patient.path("birthDate"));
        List<Document> documents = documents(patient.path("identifier"));
        if (whole == null
                && birth == null
                && documents.isEmpty()
                && phones(patient).isEmpty()) {
            issues.add(new FhirIssue(
                    "required", "Patient", "nothing to look for: name, birthDate, telecom or a known identifier"));
        }
        return new PatientDemographics(
                whole,
                family == null ? whole : Names.tidy(family),
                given.isEmpty() ? null : Names.tidy(given),
                SEXES.getOrDefault(patient.path("gender").asText(), Sex.UNKNOWN),
                birth,
                phones(patient),
                PatientDemographics.own(documents, whole, birth),
                address(patient.path("address").path(0)),
                null,
                false);
    }

    private static JsonNode bestName(JsonNode names) {
        return StreamSupport.stream(names.spliterator(), false)
                .min(Comparator.comparingInt(each -> {
                    int use = NAME_USES.indexOf(each.path("use").asText());
                    return use < 0 ? NAME_USES.size() : use;
                }))
                .orElseGet(Nodes::object);
    }

    private static String text(JsonNode node) {
        String text = node.asText("").strip();
        return text.isEmpty() ? null : text;
    }

    private static List<String> phones(JsonNode patient) {
        return StreamSupport.stream(patient.path("telecom").spliterator(), false)
                .filter(each -> !each.path("system").asText("phone").matches("email|url|fax"))
                .map(each -> Numbers.phone(each.path("value").asText()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static String address(JsonNode address) {
        if (address.hasNonNull("text")) {
            return text(address.path("text"));
        }
        List<String> parts = new ArrayList<>();
        for (String part : List.of("state", "city", "district")) {
            parts.add(address.path(part).asText());
        }
        address.path("line").forEach(line -> parts.add(line.asText()));
        parts.removeIf(String::isBlank);
        return parts.isEmpty() ? null : String.join(" ", parts);
    }

    private List<Document> documents(JsonNode identifiers) {
        return StreamSupport.stream(identifiers.spliterator(), false)
                .filter(each -> !each.path("value").asText().isBlank())
                .map(this::document)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private Optional<Document> document(JsonNode identifier) {
        String value = identifier.path("value").asText();
        String system = identifier.path("system").asText();
        Optional<DocumentType> type = system.equals(RESIDENT_ID)
                ? Optional.of(DocumentType.RESIDENT_ID)
                : StreamSupport.stream(identifier.path("type").path("coding").spliterator(), false)
                        .map(coding -> DocumentType.of(coding.path("code").asText()))
                        .flatMap(Optional::stream)
                        .findFirst();
        return type.map(known -> Numbers.document(known, value)).or(() -> sources.bySystem(system)
                .filter(owner -> owner.authority().citableByAll())
                .map(owner ->
                        new Document(DocumentType.CITED_ID, owner.authority().name() + "|" + value.strip())));
    }

    /** The person, with its ids in the region and at every institution. */
    ObjectNode write(PersonSnapshot person) {
        return write(person, Set.of());
    }

    /**
     * The same with ids of some domains only.
     *
     * @param systems of the ids; empty for all
     */
    ObjectNode write(PersonSnapshot person, Set<String> systems) {
        ObjectNode patient = Nodes.object()
                .put("resourceType", "Patient")
                .put("id", person.id().toString());
        patient.putObject("meta").put("versionId", Long.toString(person.version()));
        ArrayNode identifiers = patient.putArray("identifier");
        identifiers(person).stream()
                .filter(each -> systems.isEmpty() || systems.contains(each.system()))
                .forEach(each -> identifiers.add(Nodes.identifier(each.system(), each.value())));
        if (identifiers.isEmpty()) {
            patient.remove("identifier");
        }
        patient.put("active", person.mergedInto() == null);
        demographics(patient, person);
        if (person.mergedInto() != null) {
            ObjectNode link = patient.putArray("link").addObject();
            link.putObject("other").put("reference", "Patient/" + person.mergedInto());
            link.put("type", "replaced-by");
        }
        return patient;
    }

    private static void demographics(ObjectNode patient, PersonSnapshot person) {
        if (person.name() != null) {
            ObjectNode name = patient.putArray("name").addObject().put("text", person.name());
            Nodes.put(name, "family", person.family());
            if (person.given() != null) {
                name.putArray("given").add(person.given());
            }
        }
        if (!person.phones().isEmpty()) {
            ArrayNode phones = patient.putArray("telecom");
            person.phones()
                    .forEach(phone -> phones.addObject().put("system", "phone").put("value", phone));
        }
        patient.put("gender", gender(person.sex()));
        Nodes.put(patient, "birthDate", person.birth());
        if (person.deceased()) {
            patient.put("deceasedBoolean", true);
        }
        if (person.address() != null) {
            patient.putArray("address").addObject().put("text", person.address());
        }
    }

    /** An id in its domain. */
    record SystemValue(String system, String value) {}

    /** The enterprise id, the ids at every institution, and those of domains that everybody may cite. */
    List<SystemValue> identifiers(PersonSnapshot person) {
        Stream<SystemValue> local = person.identities().stream().map(this::local);
        Stream<SystemValue> cited = person.documents().stream()
                .filter(document -> document.type() == DocumentType.CITED_ID)
                .map(document -> domainId(document.number()));
        return Stream.of(Stream.of(new SystemValue(ENTERPRISE_ID, person.id().toString())), local, cited)
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    private SystemValue local(IdentityRef identity) {
        Source owner = sources.byId(identity.source()).orElse(null);
        if (owner == null || owner.authority() == null) {
            return new SystemValue(Authority.systemOf(identity.source()), identity.localId());
        }
        return owner.acceptsAnyAuthority() && identity.localId().contains("|")
                ? domainId(identity.localId())
                : new SystemValue(owner.authority().system(), identity.localId());
    }

    /** {@code <domain>|<id>}. */
    private SystemValue domainId(String number) {
        int bar = number.indexOf('|');
        String name = number.substring(0, bar);
        String system = sources.byAuthority(name, "")
                .map(owner -> owner.authority().system())
                .orElseGet(() -> Authority.systemOf(name));
        return new SystemValue(system, number.substring(bar + 1));
    }

    private static String gender(Sex sex) {
        return switch (sex) {
            case MALE -> "male";
            case FEMALE -> "female";
            case UNKNOWN -> "unknown";
        };
    }
}
