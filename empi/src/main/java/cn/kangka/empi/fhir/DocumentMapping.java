package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * MDM^T01 to T11: the TXA as DocumentReference. Text travels in it; a file (OBX-5 of type ED) is named with its content type
 * and stays in the message log, where it is protected and bounded.
 */
final class DocumentMapping {
    private static final String DOCUMENT_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0270";
    private static final Set<String> TEXTS = Set.of("TX", "FT", "ST");

    private DocumentMapping() {}

    /** Nothing when the message names no document. */
    static List<ObjectNode> resources(Clinical clinical) {
        return clinical.message()
                .segment("TXA")
                .filter(document -> !number(document, 12).isBlank())
                .map(document -> List.of(document(clinical, document)))
                .orElse(List.of());
    }

    private static ObjectNode document(Clinical clinical, Segment document) {
        String system = "urn:kangka:document:" + clinical.source();
        ObjectNode told = Nodes.resource("DocumentReference", system, number(document, 12), clinical.written());
        boolean cancelled =
                clinical.message().trigger().equals("T11") || document.value(17).equals("CA");
        told.put("status", cancelled ? "entered-in-error" : "current");
        Nodes.put(told, "docStatus", cancelled ? "entered-in-error" : completion(document));
        told.set("type", type(clinical, document));
        told.set("subject", clinical.subject());
        String written = Hl7Time.instant(document.value(4));
        told.put("date", written == null ? clinical.written() : written);
        document.repetitions(9).stream()
                .map(PersonNames::ofStaff)
                .filter(name -> !name.isBlank())
                .forEach(name -> Nodes.add(told, "author", Nodes.object().put("display", name)));
        Nodes.display(told, "authenticator", PersonNames.ofStaff(document.repetition(22, 1)));
        relation(clinical, document, system, told);
        contents(clinical, document, told.putArray("content"));
        return told;
    }

    /** An identifier (EI) of a document: repositories put it first, some put it third. */
    private static String number(Segment document, int field) {
        String first = document.value(field, 1);
        return first.isBlank() ? document.value(field, 3) : first;
    }

    /** TXA-17 (table 0271). */
    private static String completion(Segment document) {
        return switch (document.value(17)) {
            case "AU", "LA" -> "final";
            case "DI", "DO", "IN", "IP", "PA" -> "preliminary";
            default -> null;
        };
    }

    /** TXA-2 (table 0270) with what the hospital calls it. */
    private static ObjectNode type(Clinical clinical, Segment document) {
        Repetition type = document.repetition(2, 1);
        if (type.component(1).isBlank() || type.component(3).isBlank()) {
            ObjectNode concept =
                    type.component(1).isBlank() ? Nodes.object() : Nodes.code(DOCUMENT_TYPE, type.component(1));
            Nodes.put(concept, "text", Codes.display(type));
            return concept.isEmpty() ? Nodes.text("医疗文书") : concept;
        }
        return Codes.concept(type, clinical.source());
    }

    /** T05, T06: an addendum; T09, T10: a replacement of the document that TXA-13 names. */
    private static void relation(Clinical clinical, Segment document, String system, ObjectNode told) {
        String code =
                switch (clinical.message().trigger()) {
                    case "T05", "T06" -> "appends";
                    case "T09", "T10" -> "replaces";
                    default -> "";
                };
        String parent = number(document, 13);
        if (!code.isEmpty() && !parent.isBlank()) {
            ObjectNode relation = told.putArray("relatesTo").addObject().put("code", code);
            relation.set("target", Nodes.identified(system, parent));
        }
    }

    private static void contents(Clinical clinical, Segment document, ArrayNode contents) {
        String title = document.value(25).isBlank() ? document.value(16) : document.value(25);
        List<Segment> observations = clinical.message().segments("OBX");
        String text = text(observations);
        if (!text.isBlank()) {
            ObjectNode attachment = attachment(contents, "text/plain;charset=utf-8", title);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            attachment.put("data", Base64.getEncoder().encodeToString(bytes)).put("size", bytes.length);
        }
        observations.stream()
                .filter(each -> each.value(2).equals("ED"))
                .forEach(each -> attachment(contents, contentType(each.repetition(5, 1)), title));
        if (contents.isEmpty()) {
            attachment(contents, contentType(document.value(3)), title);
        }
    }

    private static String text(List<Segment> observations) {
        Function<Segment, String> lines = each -> each.repetitions(5).stream()
                .map(line -> FormattedText.plain(line.text()))
                .collect(Collectors.joining("\n"));
        return observations.stream()
                .filter(each -> TEXTS.contains(each.value(2)))
                .map(lines)
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private static ObjectNode attachment(ArrayNode contents, String contentType, String title) {
        ObjectNode attachment = contents.addObject().putObject("attachment");
        Nodes.put(attachment, "contentType", contentType);
        Nodes.put(attachment, "title", title.isBlank() ? "医疗文书" : title);
        return attachment;
    }

    /** ED: type and subtype (tables 0191 and 0291), which some write as one. */
    private static String contentType(Repetition file) {
        String subtype = file.component(3).toLowerCase(Locale.ROOT);
        String type = file.component(2).toLowerCase(Locale.ROOT);
        if (subtype.isBlank()) {
            return type.contains("/") ? type : null;
        }
        return subtype.contains("/") ? subtype : family(type, subtype) + "/" + subtype;
    }

    private static String family(String type, String subtype) {
        return switch (subtype) {
            case "pdf", "dicom", "octet-stream", "msword" -> "application";
            case "jpeg", "png", "gif", "tiff" -> "image";
            default -> type.isBlank() ? "application" : type;
        };
    }

    /** TXA-3 (table 0191), when no content came along. */
    private static String contentType(String presentation) {
        return switch (presentation) {
            case "TX", "FT", "TEXT" -> "text/plain";
            case "IM" -> "image/*";
            default -> null;
        };
    }
}
