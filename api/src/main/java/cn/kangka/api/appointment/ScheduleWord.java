package cn.kangka.api.appointment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a FHIR Appointment says, perhaps of a booking of ours.
 *
 * @param appointment our id; null when the hospital does not quote it
 * @param reference the hospital's own number
 * @param start null when it says no time
 * @param reason why it was cancelled; null when it says none
 */
record ScheduleWord(UUID appointment, String reference, String status, OffsetDateTime start, String reason) {
    /** Under which our own id comes back (docs/v2-to-fhir.md). */
    private static final String OURS = "urn:kangka:appointment";

    private static final int REASON_LENGTH = 200;

    /** The Appointments of a hospital's bundle. */
    static Stream<ScheduleWord> of(String source, JsonNode bundle) {
        return each(bundle.path("entry"))
                .map(entry -> entry.path("resource"))
                .filter(resource ->
                        "Appointment".equals(resource.path("resourceType").asText()))
                .map(resource -> read(source, resource));
    }

    private static ScheduleWord read(String source, JsonNode resource) {
        return new ScheduleWord(
                identifier(resource, OURS).flatMap(ScheduleWord::id).orElse(null),
                identifier(resource, OURS + ":" + source).orElse(null),
                resource.path("status").asText(),
                time(resource.path("start")),
                reason(resource));
    }

    private static Optional<String> identifier(JsonNode resource, String system) {
        return each(resource.path("identifier"))
                .filter(identifier -> system.equals(identifier.path("system").asText()))
                .map(identifier -> identifier.path("value").asText())
                .findFirst();
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static OffsetDateTime time(JsonNode node) {
        try {
            return node.isTextual() ? OffsetDateTime.parse(node.asText()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String reason(JsonNode resource) {
        JsonNode concept = resource.path("cancelationReason");
        String text = concept.path("text").asText("");
        String said =
                text.isBlank() ? concept.path("coding").path(0).path("display").asText("") : text;
        return said.isBlank() ? null : said.substring(0, Math.min(said.length(), REASON_LENGTH));
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    ScheduleWordPolicy.Word word(OffsetDateTime bookedStart, OffsetDateTime bookedEnd) {
        return switch (status) {
            case "booked" ->
                start == null || !start.isBefore(bookedStart) && start.isBefore(bookedEnd)
                        ? ScheduleWordPolicy.Word.BOOKED
                        : ScheduleWordPolicy.Word.OTHER_TIME;
            case "cancelled", "entered-in-error" -> ScheduleWordPolicy.Word.CANCELLED;
            case "noshow" -> ScheduleWordPolicy.Word.NO_SHOW;
            case "fulfilled" -> ScheduleWordPolicy.Word.FULFILLED;
            default -> ScheduleWordPolicy.Word.PENDING;
        };
    }
}
