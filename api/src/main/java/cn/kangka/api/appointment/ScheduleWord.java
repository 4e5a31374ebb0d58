package cn.kangka.api.appointment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a FHIR Appointment says of a booking of ours.
 *
 * @param start null when it says no time
 * @param reason why it was cancelled; null when it says none
 */
record ScheduleWord(UUID appointment, String status, OffsetDateTime start, String reason) {
    /** Under which our own id comes back (docs/v2-to-fhir.md). */
    private static final String OURS = "urn:kangka:appointment";

    private static final int REASON_LENGTH = 200;

    /** Those of a bundle that are about bookings of ours; what hospitals book themselves is passed over. */
    static Stream<ScheduleWord> of(JsonNode bundle) {
        return each(bundle.path("entry"))
                .map(entry -> entry.path("resource"))
                .filter(resource ->
                        "Appointment".equals(resource.path("resourceType").asText()))
                .flatMap(resource -> read(resource).stream());
    }

    private static Optional<ScheduleWord> read(JsonNode resource) {
        return each(resource.path("identifier"))
                .filter(identifier -> OURS.equals(identifier.path("system").asText()))
                .findFirst()
                .flatMap(identifier -> id(identifier.path("value").asText()))
                .map(id -> new ScheduleWord(
                        id, resource.path("status").asText(), time(resource.path("start")), reason(resource)));
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
