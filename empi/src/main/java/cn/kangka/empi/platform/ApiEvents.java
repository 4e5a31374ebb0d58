package cn.kangka.empi.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/** A batch of events to {@code api} and its answer (docs/between-services.md, "Event batches"). */
record ApiEvents(List<Event> events) {
    record Event(UUID id, String aggregate, long version, String type, String at, String trace, JsonNode data) {}

    record Answer(List<Result> results) {}

    record Result(UUID id, String outcome, String reason) {}
}
