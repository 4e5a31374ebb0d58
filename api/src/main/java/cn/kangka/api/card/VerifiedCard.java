package cn.kangka.api.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a terminal learns from a good code. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(description = "The holder of a card whose code was good")
record VerifiedCard(
        UUID card,
        UUID person,

        @Schema(description = "The hospital's own record of the person; absent when it has none yet")
        UUID identity,

        @Schema(description = "Masked") String name,
        String sex,
        String birthDate,

        @Schema(description = "When the code was used up (RFC 3339)")
        String usedAt) {
    @Override
    public String toString() {
        return "card " + card;
    }
}
