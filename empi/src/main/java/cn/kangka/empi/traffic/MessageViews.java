package cn.kangka.empi.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is shown of messages, connections and queues. */
final class MessageViews {
    private MessageViews() {}

    /**
     * A message in a list; nothing of its content.
     *
     * @param millis from its arrival to its outcome, or to the last attempt
     */
    @Schema(name = "Message")
    record Item(
            UUID id,
            String direction,
            String source,
            String sender,
            String code,
            String trigger,
            String controlId,
            Instant receivedAt,
            String state,
            String ack,
            String error,
            UUID person,
            int attempts,
            int repeats,
            Long millis) {}

    /**
     * A message whole. Values that say something of a person are left out until it is opened with a reason.
     *
     * @param opened whether all values are shown
     * @param message the message
     * @param answer what was answered, by us or by the institution; null when nothing was
     * @param waiting when it waits to be sent; null otherwise
     * @param related messages of the same request about the same person
     * @param replayable whether it can be done once more
     */
    @Schema(name = "MessageDetail")
    record Detail(
            Item item,
            boolean opened,
            Content message,
            Content answer,
            Waiting waiting,
            List<Item> related,
            boolean replayable) {}

    /**
     * What a message says.
     *
     * @param segments of HL7 v2; null for FHIR
     * @param resource of FHIR; null for HL7 v2
     * @param text as it went over the wire; null unless it was opened
     */
    @Schema(name = "MessageContent")
    record Content(List<SegmentView> segments, JsonNode resource, String text) {}

    /** A segment. */
    @Schema(name = "MessageSegment")
    record SegmentView(String name, List<FieldView> fields) {}

    /**
     * A field that has a value.
     *
     * @param name of HL7 v2.5; null for fields that it does not have
     * @param repetitions each of components, each of subcomponents; a value that is left out is null
     */
    @Schema(name = "MessageField")
    record FieldView(int position, String name, boolean hidden, List<List<List<String>>> repetitions) {}

    /** A message in the outbox. */
    @Schema(name = "MessageWaiting")
    record Waiting(Instant dueAt, int attempts, Instant parkedAt, String reason) {}

    /**
     * A message that waits for its destination; nothing of its content.
     *
     * @param aggregate whose order it keeps: a person, or an appointment
     */
    @Schema(name = "WaitingLetter")
    record Letter(
            UUID id,
            String type,
            String aggregate,
            Instant createdAt,
            Instant dueAt,
            int attempts,
            Instant parkedAt,
            String reason) {}

    /** A connection that is open, or that we could not make. */
    @Schema(name = "Line")
    record Line(
            String direction,
            String source,
            String remote,
            Instant since,
            long messages,
            Instant lastAt,
            String failure,
            String instance) {}

    /**
     * A queue of messages to an institution, or of events to another service.
     *
     * @param waiting messages that are not parked
     * @param oldest when the oldest of those was written; null when none waits
     * @param parked messages that wait for staff
     */
    @Schema(name = "Queue")
    record Queue(String destination, long waiting, Instant oldest, long parked) {}

    /**
     * Everything at one look.
     *
     * @param unhandled received messages that could not be handled yet
     */
    @Schema(name = "Traffic")
    record Live(Instant at, List<Line> lines, List<Queue> queues, long unhandled, Instant oldestUnhandled) {}

    /** How many messages a replay concerns. */
    @Schema(name = "ReplayAsked")
    record Asked(int messages, boolean more) {}
}
