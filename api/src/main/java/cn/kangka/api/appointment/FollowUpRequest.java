package cn.kangka.api.appointment;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A doctor wants to see somebody again.
 *
 * @param slotId when, at the caller's own institution
 * @param personId whom; or
 * @param cardCode the dynamic code of their card, used up
 */
@Schema(description = "A follow-up visit")
public record FollowUpRequest(
        @NotNull UUID slotId,
        @Schema(nullable = true) UUID personId,
        @Schema(nullable = true) @Size(max = 500) String cardCode) {

    /** Names a card code: never shown. */
    @Override
    public String toString() {
        return "follow-up in " + slotId;
    }
}
