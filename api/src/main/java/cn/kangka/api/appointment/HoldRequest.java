package cn.kangka.api.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A wish to hold a unit of a slot while the booking, or the move of one, is confirmed.
 *
 * @param personId for whom it will be booked, whose limits are judged now as the booking will judge them; a citizen may leave it out,
 *     agents give it, partners unless the person is named by a card code, which is good only once and read by the booking. The hold
 *     is the caller's, and may be confirmed for anybody for whom they may book
 * @param appointmentId the booking that will be moved here, whose person is meant: it does not count against itself, and one that a
 *     doctor made takes a reserved unit
 * @param checkLimits of no effect: limits are always judged
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A wish to hold a unit of a slot")
public record HoldRequest(
        @NotNull UUID slotId,

        @Schema(
                nullable = true,
                description = "for whom, whose limits are judged: a citizen's own without it; agents must give it, or"
                        + " appointmentId; the hold may still be confirmed for somebody else")
        UUID personId,

        @Schema(
                nullable = true,
                description =
                        "the booking that will be moved to the slot: judged as the move will be, and a follow-up or"
                                + " referral takes a reserved unit")
        UUID appointmentId,

        @Schema(nullable = true, deprecated = true, description = "of no effect: limits are always judged")
        Boolean checkLimits) {}
