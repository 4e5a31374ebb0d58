package cn.kangka.api.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something the index tells this service (docs/between-services.md, "empi to api").
 *
 * @param id the same id again is the same event
 * @param aggregate what it is about; events of one aggregate are applied in the order in which they come
 * @param version the aggregate's version
 * @param type such as {@code person.changed}
 * @param at when it happened
 * @param trace W3C traceparent of what caused it; null when there is none
 * @param data by type
 */
@Schema(description = "An event of the index")
public record RegionEvent(
        UUID id, String aggregate, long version, String type, OffsetDateTime at, String trace, JsonNode data) {

    /** The data names people: it is never shown. */
    @Override
    public String toString() {
        return "event " + id + " (" + type + ")";
    }
}
