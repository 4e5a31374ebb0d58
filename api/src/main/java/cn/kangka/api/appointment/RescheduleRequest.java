package cn.kangka.api.appointment;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A wish to come at another time.
 *
 * @param slotId the slot wanted instead
 * @param holdId the hold on it to confirm, if there is one
 */
@Schema(description = "A wish to move a booking to another slot")
public record RescheduleRequest(
        @NotNull UUID slotId, @Schema(nullable = true) UUID holdId) {}
