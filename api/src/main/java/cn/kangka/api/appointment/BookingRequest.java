package cn.kangka.api.appointment;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A wish to book.
 *
 * @param slotId which slot
 * @param personId for whom; a citizen may leave it out, agents and partners give it or the code
 * @param cardCode the dynamic code of the person's card, instead of the id; used up by a booking
 * @param holdId the hold to confirm, if there is one
 */
@Schema(description = "A wish to book a unit of a slot")
public record BookingRequest(
        @NotNull UUID slotId,
        @Schema(nullable = true) UUID personId,
        @Schema(nullable = true) @Size(max = 500) String cardCode,
        @Schema(nullable = true) UUID holdId) {

    /** Names a card code: never shown. */
    @Override
    public String toString() {
        return "booking of " + slotId;
    }
}
