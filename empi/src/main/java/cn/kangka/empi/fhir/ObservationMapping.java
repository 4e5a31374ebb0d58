package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** One OBX as an Observation; null for values that only a viewer can show (ED, RP) and for none. */
final class ObservationMapping {
    private static final String INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    private ObservationMapping() {}

    static ObjectNode resource(Clinical clinical, Segment order, Segment result, String identifier) {
        ObjectNode code = Codes.concept(result.repetition(3, 1), clinical.source());
        String status = status(result.value(11));
        ObjectNode observation =
                Nodes.resource("Observation", "urn:kangka:report:" + clinical.source(), identifier, clinical.written());
        observation.put("status", status);
        observation.set("code", code == null ? Nodes.text(clinical.hospital()) : code);
        observation.set("subject", clinical.subject());
        boolean valued = ObservationValue.put(observation, result, clinical.source());
        if (!valued && !status.equals("cancelled")) {
            return null;
        }
        interpretation(observation, result.repetitions(8));
        range(observation, result.text(7));
        Stream.of(result.value(14), order.value(7))
                .map(Hl7Time::dateTime)
                .filter(time -> time != null)
                .findFirst()
                .ifPresent(time -> observation.put("effectiveDateTime", time));
        return observation;
    }

    /** The test and its sub-id name a value inside a report; without a code its place does. */
    static String name(Segment result, int position) {
        String code = result.value(3).isBlank() ? Integer.toString(position) : result.value(3);
        return result.value(4).isBlank() ? code : code + "/" + result.value(4);
    }

    /** OBX-11 (table 0085). */
    private static String status(String value) {
        return switch (value) {
            case "", "F", "U", "B", "V" -> "final";
            case "C" -> "corrected";
            case "X", "N" -> "cancelled";
            case "D", "W" -> "entered-in-error";
            default -> "preliminary";
        };
    }

    private static void interpretation(ObjectNode observation, List<Repetition> flags) {
        flags.stream()
                .map(flag -> flag(flag.component(1)))
                .filter(flag -> flag != null)
                .findFirst()
                .ifPresent(flag -> observation.putArray("interpretation").add(Nodes.code(INTERPRETATION, flag)));
    }

    /** OBX-8 (table 0078, and the arrows of Chinese reports) as one of N, H, L, HH, LL, A. */
    private static String flag(String value) {
        return switch (value) {
            case "N", "H", "L", "HH", "LL", "A" -> value;
            case "AA" -> "A";
            case ">", "HU", "↑↑" -> "HH";
            case "<", "LU", "↓↓" -> "LL";
            case "↑" -> "H";
            case "↓" -> "L";
            default -> null;
        };
    }

    private static void range(ObjectNode observation, String text) {
        ReferenceRange range = ReferenceRange.of(text);
        if (range == null) {
            return;
        }
        ArrayNode ranges = observation.putArray("referenceRange");
        ObjectNode node = ranges.addObject();
        if (range.low() != null) {
            node.putObject("low").put("value", range.low());
        }
        if (range.high() != null) {
            node.putObject("high").put("value", range.high());
        }
        node.put("text", range.text());
    }
}
