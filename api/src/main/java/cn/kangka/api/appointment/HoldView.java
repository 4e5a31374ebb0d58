package cn.kangka.api.appointment;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A unit that is kept for whoever asked; pass its id when booking.
 *
 * @param expiresAt when it comes back by itself
 * @param expiresIn seconds from its making until then, for clients whose clock is wrong
 */
@Schema(description = "A held unit; it comes back by itself at expiresAt")
public record HoldView(
        UUID id,
        UUID slotId,
        OffsetDateTime expiresAt,

        @Schema(description = "seconds from its making until expiresAt", minimum = "1")
        long expiresIn,

        @Schema(description = "until when a booking of it is cancelled without a mark")
        OffsetDateTime cancelUntil,

        @Schema(description = "from when one can check in at the hospital")
        OffsetDateTime checkInFrom) {}
