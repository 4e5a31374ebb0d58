package cn.kangka.api.draw;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A wish to take part in a draw.
 *
 * @param slotId a band of the session, the one that is wanted first
 * @param personId for whom; a citizen may leave it out, agents and partners give it
 * @param waiting whoever loses joins the session's waiting list, in the order of the draw
 */
@Schema(description = "A wish to take part in the draw of a session's units")
public record DrawRequest(
        @NotNull
        @Schema(description = "the band that is wanted first; when it is given away, any other of the session is drawn")
        UUID slotId,

        @Schema(nullable = true) UUID personId,

        @Schema(defaultValue = "false", description = "who loses waits for the session, in the order of the draw")
        boolean waiting) {}
