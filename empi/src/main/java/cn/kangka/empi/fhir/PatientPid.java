package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Builder;
import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hospital.Authority;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.DocumentType;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Patient as a PID, by HL7's v2-to-FHIR guide read backwards: whoever feeds FHIR is understood by the same rules as whoever
 * feeds HL7 v2, and answers to HL7 v2 queries show what was told. A Patient is told whole: what it does not have is deleted.
 */
@ApplicationScoped
class PatientPid {
    private static final String OID = "urn:oid:";
    private static final Map<String, String> SEXES = Map.of("male", "M", "female", "F", "other", "O");
    private static final Map<String, String> NAME_TYPES = Map.of("official", "L", "usual", "D", "maiden", "M");
    private static final Map<String, String> PHONE_USES = Map.of("home", "PRN", "work", "WPN", "mobile", "PRN");
    private static final String MAIDEN_NAME = "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName";

    private final Sources sources;

    PatientPid(Sources sources) {
        this.sources = sources;
    }

    /** A message of one PID. */
    Hl7Message of(JsonNode patient) {
        Hl7Builder pid = pid();
        patient.path("identifier").forEach(each -> pid.raw(3, cx(each)));
        names(pid, patient);
        maidenName(pid, patient);
        one(pid, 7, patient.path("birthDate").asText().replace("-", ""));
        pid.set(8, SEXES.getOrDefault(patient.path("gender").asText(), ""));
        address(pid, patient.path("address").path(0));
        telecom(pid, patient);
        coded(pid, 15, patient.path("communication").path(0).path("language"));
        coded(pid, 16, patient.path("maritalStatus"));
        deceased(pid, patient);
        return pid.build();
    }

    private static Hl7Builder pid() {
        return new Hl7Builder().header().set(9, "ADT", "A31", "ADT_A05").segment("PID");
    }

    /** An identifier as it stands in PID-3; its domain as far as it is known here. */
    String cx(JsonNode identifier) {
        String system = identifier.path("system").asText().strip();
        String type = code(identifier.path("type")).orElse("");
        if (system.equals(PatientJson.RESIDENT_ID)) {
            return cx(identifier, "", DocumentType.RESIDENT_ID.hl7());
        }
        Optional<Authority> authority = sources.bySystem(system).map(Source::authority);
        if (authority.isPresent()) {
            String oid = authority.get().oid();
            return cx(
                    identifier, Hl7Builder.subcomponents(authority.get().name(), oid, oid == null ? "" : "ISO"), type);
        }
        if (system.isEmpty()) {
            return cx(identifier, "", type);
        }
        boolean isOid = system.startsWith(OID);
        return cx(
                identifier,
                Hl7Builder.subcomponents("", isOid ? system.substring(OID.length()) : system, isOid ? "ISO" : "URI"),
                type);
    }

    /** The same for a list of identifiers. */
    List<Repetition> ids(Iterable<JsonNode> identifiers) {
        Hl7Builder pid = pid();
        identifiers.forEach(each -> pid.raw(3, cx(each)));
        return pid.build().segment("PID").orElseThrow().repetitions(3);
    }

    private static String cx(JsonNode identifier, String authority, String type) {
        String value = identifier.path("value").asText().strip();
        return Hl7Builder.subcomponents(value) + "^^^" + authority + "^" + Hl7Builder.subcomponents(type);
    }

    private static void names(Hl7Builder pid, JsonNode patient) {
        for (JsonNode name : patient.path("name")) {
            String family = name.path("family").asText().strip();
            List<String> given = new ArrayList<>();
            name.path("given").forEach(each -> given.add(each.asText().strip()));
            boolean bare = family.isEmpty() && given.isEmpty();
            pid.add(
                    5,
                    bare ? name.path("text").asText().strip() : family,
                    given.isEmpty() ? "" : given.get(0),
                    String.join(" ", given.subList(Math.min(1, given.size()), given.size())),
                    name.path("suffix").path(0).asText(),
                    name.path("prefix").path(0).asText(),
                    "",
                    NAME_TYPES.getOrDefault(name.path("use").asText(), ""));
        }
        if (patient.path("name").isEmpty()) {
            pid.raw(5, Repetition.HL7_NULL);
        }
    }

    private static void maidenName(Hl7Builder pid, JsonNode patient) {
        String name = "";
        for (JsonNode extension : patient.path("extension")) {
            if (MAIDEN_NAME.equals(extension.path("url").asText())) {
                name = extension.path("valueString").asText().strip();
            }
        }
        one(pid, 6, name);
    }

    private static void address(Hl7Builder pid, JsonNode address) {
        List<String> lines = new ArrayList<>();
        address.path("line").forEach(line -> lines.add(line.asText().strip()));
        boolean structured = !lines.isEmpty() || address.hasNonNull("city") || address.hasNonNull("state");
        if (structured) {
            pid.set(
                    11,
                    lines.isEmpty() ? "" : lines.get(0),
                    String.join(" ", lines.subList(Math.min(1, lines.size()), lines.size())),
                    address.path("city").asText(),
                    address.path("state").asText(),
                    address.path("postalCode").asText(),
                    address.path("country").asText(),
                    "",
                    "",
                    address.path("district").asText());
        } else {
            one(pid, 11, address.path("text").asText().strip());
        }
    }

    private static void telecom(Hl7Builder pid, JsonNode patient) {
        boolean some = false;
        for (JsonNode each : patient.path("telecom")) {
            String value = each.path("value").asText().strip();
            String system = each.path("system").asText("phone");
            if (value.isEmpty()) {
                continue;
            }
            some = true;
            if (system.equals("email")) {
                pid.add(13, "", "NET", "Internet", value);
            } else {
                String use = each.path("use").asText();
                String equipment = use.equals("mobile") ? "CP" : system.equals("fax") ? "FX" : "PH";
                pid.add(13, value, PHONE_USES.getOrDefault(use, ""), equipment);
            }
        }
        if (!some) {
            pid.raw(13, Repetition.HL7_NULL);
        }
    }

    private static void deceased(Hl7Builder pid, JsonNode patient) {
        if (patient.hasNonNull("deceasedDateTime")) {
            pid.set(29, patient.path("deceasedDateTime").asText().replaceAll("[-:]|T.*", ""));
            pid.set(30, "Y");
        } else {
            pid.raw(29, Repetition.HL7_NULL);
            pid.set(30, patient.path("deceasedBoolean").asBoolean() ? "Y" : "N");
        }
    }

    private static void coded(Hl7Builder pid, int field, JsonNode concept) {
        Optional<String> code = code(concept);
        if (code.isPresent() || concept.hasNonNull("text")) {
            pid.set(field, code.orElse(""), concept.path("text").asText());
        } else {
            pid.raw(field, Repetition.HL7_NULL);
        }
    }

    private static Optional<String> code(JsonNode concept) {
        String code = concept.path("coding").path(0).path("code").asText();
        return code.isBlank() ? Optional.empty() : Optional.of(code.strip());
    }

    private static void one(Hl7Builder pid, int field, String value) {
        if (value.isEmpty()) {
            pid.raw(field, Repetition.HL7_NULL);
        } else {
            pid.set(field, value);
        }
    }
}
