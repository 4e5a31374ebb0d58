package cn.kangka.api.queue;

import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who stands at a terminal: exactly one of both. */
@Schema(description = "Who stands at the terminal: exactly one of card and booking; the hospital is the terminal's own")
public record CheckInRequest(
        @Schema(description = "the dynamic code of the health card, used up by this") @Size(max = 500)
        String cardCode,

        @Schema(description = "the booking, as the hospital has it from its order")
        UUID appointmentId,

        @Schema(
                nullable = true,
                description = "where the card is shown; needed only of a token that speaks for several institutions",
                examples = "C001")
        @Size(max = 50)
        String hospital) {
    /** Names a code: never shown. */
    @Override
    public String toString() {
        return "a check-in";
    }
}
