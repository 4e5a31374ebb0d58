package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * AL1 (ADT) and IAM (ADT^A60) as AllergyIntolerance. The identity and the allergen name an allergy, so that a repeated
 * message changes it and never doubles it.
 */
final class AllergyMapping {
    private static final String CLINICAL_STATUS = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";

    private AllergyMapping() {}

    /** One resource per AL1 or IAM with an allergen. */
    static List<ObjectNode> resources(Clinical clinical) {
        Stream<ObjectNode> simple = clinical.message().segments("AL1").stream()
                .filter(segment -> named(segment))
                .map(segment -> ofAl1(clinical, segment));
        Stream<ObjectNode> adverse = clinical.message().segments("IAM").stream()
                .filter(segment -> named(segment))
                .map(segment -> ofIam(clinical, segment));
        return Stream.concat(simple, adverse).toList();
    }

    private static boolean named(Segment segment) {
        return !Codes.display(segment.repetition(3, 1)).isBlank();
    }

    private static ObjectNode ofAl1(Clinical clinical, Segment segment) {
        ObjectNode allergy = allergy(clinical, segment, "active");
        Nodes.put(allergy, "onsetDateTime", Hl7Time.dateTime(segment.value(6)));
        return allergy;
    }

    /** IAM-6 D deletes; IAM-17 tells the clinical status (table 0438 U, P, S, C, I … ; only I and E end it). */
    private static ObjectNode ofIam(Clinical clinical, Segment segment) {
        boolean over = segment.value(6).equals("D") || segment.value(17).equals("I");
        ObjectNode allergy = allergy(clinical, segment, over ? "inactive" : "active");
        Nodes.put(allergy, "onsetDateTime", Hl7Time.dateTime(segment.value(11)));
        return allergy;
    }

    private static ObjectNode allergy(Clinical clinical, Segment segment, String status) {
        Repetition allergen = segment.repetition(3, 1);
        ObjectNode allergy = Nodes.resource(
                "AllergyIntolerance",
                "urn:kangka:allergy:" + clinical.source(),
                clinical.identity() + "/" + key(allergen),
                clinical.written());
        allergy.set("clinicalStatus", Nodes.code(CLINICAL_STATUS, status));
        allergy.set("code", Codes.concept(allergen, clinical.source()));
        allergy.set("patient", clinical.subject());
        allergy.put("criticality", criticality(segment.value(4)));
        reactions(allergy, segment.repetitions(5));
        return allergy;
    }

    private static String key(Repetition allergen) {
        return allergen.component(1).isBlank() ? Codes.display(allergen) : allergen.component(1);
    }

    /** AL1-4, IAM-4 (table 0128). */
    private static String criticality(String severity) {
        return switch (severity.toUpperCase(Locale.ROOT)) {
            case "SV", "重度", "严重" -> "high";
            case "MO", "MI", "中度", "轻度" -> "low";
            default -> "unable-to-assess";
        };
    }

    private static void reactions(ObjectNode allergy, List<Repetition> told) {
        List<String> manifestations = told.stream()
                .map(Codes::display)
                .filter(text -> !text.isBlank())
                .toList();
        if (!manifestations.isEmpty()) {
            ArrayNode manifestation = allergy.putArray("reaction").addObject().putArray("manifestation");
            manifestations.forEach(text -> manifestation.add(Nodes.text(text)));
        }
    }
}
