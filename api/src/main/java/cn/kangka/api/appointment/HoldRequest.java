package cn.kangka.api.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A wish to hold a unit of a slot while the booking is confirmed.
 *
 * @param checkLimits whether the limits are judged now as the booking will judge them; null is false, as for a booking that is
 *     moved, which does not count against itself
 * @param personId for whom they are judged; a citizen may leave it out, agents and partners give it. The hold is the caller's, and
 *     may be confirmed for anybody for whom they may book
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A wish to hold a unit of a slot")
public record HoldRequest(
        @NotNull UUID slotId,

        @Schema(nullable = true, description = "judge the limits at once, as the booking will; false by default")
        Boolean checkLimits,

        @Schema(
                nullable = true,
                description = "with checkLimits, for whom; the hold may still be confirmed for somebody else")
        UUID personId) {}
