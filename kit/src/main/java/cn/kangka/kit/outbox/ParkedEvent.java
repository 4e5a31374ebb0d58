package cn.kangka.kit.outbox;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event that waits for a person; what it says and whom it is about stay sealed.
 *
 * @param id the event's id, the receiver's key for it
 * @param attempts how often delivery was tried
 * @param reason why it was parked, in the code of the receiver, never in its words: nobody vouches for those
 */
@Schema(description = "An event that could not be delivered and waits for a person; no personal data")
public record ParkedEvent(
        UUID id,
        String destination,
        String type,
        int attempts,
        OffsetDateTime createdAt,
        OffsetDateTime parkedAt,
        String reason) {}
