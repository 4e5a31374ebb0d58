package cn.kangka.api.exemption;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whether marks never pause a person's booking.
 *
 * @param exempt true where a supervisor said so; minors are not paused without it
 * @param basis what it rests on; null when not exempt
 * @param since when it was set; null when not exempt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PauseExemptionView(
        boolean exempt,
        @Nullable @Schema(nullable = true) Basis basis,
        @Nullable @Schema(nullable = true) OffsetDateTime since) {
    static final PauseExemptionView NONE = new PauseExemptionView(false, null, null);

    /** The document that was seen. */
    @Schema(
            description = "COURT_RULING: a court found the person without, or with limited, capacity;"
                    + " DISABILITY_CERTIFICATE: 残疾人证, intellectual or psychiatric; MEDICAL_CERTIFICATE: a hospital's")
    public enum Basis {
        COURT_RULING,
        DISABILITY_CERTIFICATE,
        MEDICAL_CERTIFICATE
    }

    /** What a supervisor sets. */
    @Schema(name = "PauseExemptionRequest", description = "The document that was seen")
    public record Request(@NotNull Basis basis) {}
}
