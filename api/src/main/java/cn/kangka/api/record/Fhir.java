package cn.kangka.api.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The few elements of FHIR R4 JSON that the region's subset uses (docs/between-services.md). */
final class Fhir {
    static final String LOINC = "http://loinc.org";
    static final String ATC = "http://www.whocc.no/atc";
    private static final ZoneId REGION = ZoneId.of("Asia/Shanghai");
    private static final int YEAR = 4;
    private static final int MONTH = 7;
    private static final int DATE = 10;

    private Fhir() {}

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<JsonNode> resources(JsonNode bundle, String type) {
        return each(bundle.path("entry"))
                .map(entry -> entry.path("resource"))
                .filter(resource -> type.equals(text(resource, "resourceType")))
                .toList();
    }

    /** A text element; null when absent or blank. */
    static String text(JsonNode node, String name) {
        String value = node.path(name).asText("").strip();
        return value.isEmpty() ? null : value;
    }

    /** The value of the identifier of that system; null when there is none. */
    static String identifier(JsonNode resource, String system) {
        return each(resource.path("identifier"))
                .filter(identifier -> system.equals(text(identifier, "system")))
                .map(identifier -> text(identifier, "value"))
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
    }

    /** The code of a CodeableConcept in that system; null when there is none. */
    static String code(JsonNode concept, String system) {
        return each(concept.path("coding"))
                .filter(coding -> system.equals(text(coding, "system")))
                .map(coding -> text(coding, "code"))
                .filter(code -> code != null)
                .findFirst()
                .orElse(null);
    }

    /** The first code of a CodeableConcept, of whatever system; null when there is none. */
    static String firstCode(JsonNode concept) {
        return text(concept.path("coding").path(0), "code");
    }

    /** What people read of a CodeableConcept: its text, else the first display, else the first code; may be null. */
    static String display(JsonNode concept) {
        String text = text(concept, "text");
        if (text != null) {
            return text;
        }
        return each(concept.path("coding"))
                .map(coding -> text(coding, "display"))
                .filter(display -> display != null)
                .findFirst()
                .orElseGet(() -> firstCode(concept));
    }

    static BigDecimal number(JsonNode node) {
        return node.isNumber() ? node.decimalValue() : null;
    }

    /** A dateTime of any precision as the instant at which it begins in the region; null when absent or no time. */
    static Instant time(String value) {
        if (value == null) {
            return null;
        }
        try {
            return switch (value.length()) {
                case YEAR -> start(LocalDate.of(Integer.parseInt(value), 1, 1));
                case MONTH -> start(LocalDate.parse(value + "-01"));
                case DATE -> start(LocalDate.parse(value));
                default -> OffsetDateTime.parse(value).toInstant();
            };
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(REGION).toInstant();
    }
}
