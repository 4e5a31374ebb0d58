package cn.kangka.api.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/** Events of ours on their way, and what the receiver answered (docs/between-services.md, "Event batches"). */
record EventsOut(List<Event> events) {
    record Event(UUID id, String aggregate, long version, String type, String at, String trace, JsonNode data) {}

    record Result(UUID id, String outcome, String reason) {}

    record Answer(List<Result> results) {}
}
