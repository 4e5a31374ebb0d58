package cn.kangka.api.referral;

import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What goes with an act.
 *
 * @param slotId with accept: books this unit of the receiving institution
 * @param text with decline and cancel: why; with report-back: what was found
 */
@Schema(description = "What goes with an act on a referral")
public record ReferralAct(
        @Schema(nullable = true) UUID slotId,
        @Schema(nullable = true) @Size(max = 4000) String text) {
    /** May tell of somebody's health: never shown. */
    @Override
    public String toString() {
        return "an act";
    }
}
