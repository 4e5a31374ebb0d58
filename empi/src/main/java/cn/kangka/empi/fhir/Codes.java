package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Coded elements (CE, CWE) as CodeableConcepts, and which code system a name of table 0396 means. */
final class Codes {
    static final String LOINC = "http://loinc.org";
    static final String ATC = "http://www.whocc.no/atc";
    static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    private static final int ORIGINAL_TEXT = 9;
    private static final int ALTERNATE = 4;

    private Codes() {}

    /** The code system's URI; a system that only the hospital knows is named after it. */
    static String system(String name, String source) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "LN", "LOINC" -> LOINC;
            case "WC", "ATC", "WHOATC", "ATCC" -> ATC;
            case "I10", "I10C", "I10P", "ICD10", "ICD-10" -> ICD_10;
            case "SCT", "SNM", "SNOMED", "SNOMED-CT" -> "http://snomed.info/sct";
            case "UCUM" -> "http://unitsofmeasure.org";
            default -> "urn:kangka:local:" + source;
        };
    }

    /** The concept with its code, its alternate code and the text that people read; null when there is neither. */
    static ObjectNode concept(Repetition field, String source) {
        ObjectNode concept = Nodes.object();
        ArrayNode codings = concept.putArray("coding");
        coding(codings, field, 1, source);
        coding(codings, field, ALTERNATE, source);
        String text = display(field);
        Nodes.put(concept, "text", text);
        if (codings.isEmpty()) {
            concept.remove("coding");
        }
        return concept.isEmpty() ? null : concept;
    }

    /** The text that people read: as it was entered (CWE.9), of the code, of the alternate code, or the code. */
    static String display(Repetition field) {
        for (int component : new int[] {ORIGINAL_TEXT, 2, ALTERNATE + 1, 1, ALTERNATE}) {
            if (!field.component(component).isBlank()) {
                return field.component(component);
            }
        }
        return "";
    }

    private static void coding(ArrayNode codings, Repetition field, int from, String source) {
        if (!field.component(from).isBlank()) {
            ObjectNode coding = codings.addObject()
                    .put("system", system(field.component(from + 2), source))
                    .put("code", field.component(from));
            Nodes.put(coding, "display", field.component(from + 1));
        }
    }
}
