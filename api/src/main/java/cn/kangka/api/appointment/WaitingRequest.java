package cn.kangka.api.appointment;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A wish to wait.
 *
 * @param slotId any slot of the session that is waited for
 * @param personId for whom; a citizen may leave it out, agents and partners give it
 */
@Schema(description = "A wish to wait for a unit of a full session")
public record WaitingRequest(
        @NotNull UUID slotId, @Schema(nullable = true) UUID personId) {}
