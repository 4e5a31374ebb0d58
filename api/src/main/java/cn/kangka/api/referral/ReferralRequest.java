package cn.kangka.api.referral;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An institution refers somebody (FHIR ServiceRequest, category 3457005).
 *
 * @param fromHospital the referring one, when the caller's system speaks for several
 * @param personId whom; they must be registered at the referring institution. Or
 * @param cardCode the dynamic code of their card, used up
 * @param reason the diagnosis or question; kept sealed
 * @param icd10 its code, when there is one
 * @param reports the referring institution's own numbers (OBR-3) of reports to share
 * @param consentOnPaper the person signed that these are shared
 * @param slotId books this unit of the receiving institution at once
 */
@Schema(description = "A referral to another institution")
public record ReferralRequest(
        @Schema(nullable = true, examples = "C001") @Size(max = 20)
        String fromHospital,

        @NotBlank @Size(max = 20) @Schema(examples = "H001") String toHospital,
        @Schema(nullable = true) UUID toDepartment,
        @Schema(nullable = true) UUID toDoctor,
        @Schema(nullable = true) UUID personId,
        @Schema(nullable = true) @Size(max = 500) String cardCode,

        @NotNull @Schema(description = "UP (上转) or DOWN (下转)")
        Direction direction,

        @NotNull Urgency urgency,
        @NotBlank @Size(max = 2000) String reason,

        @Schema(nullable = true, examples = "I20.9") @Pattern(regexp = "[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?")
        String icd10,

        @Schema(nullable = true) @Size(max = 20) List<@NotBlank @Size(max = 200) String> reports,
        @Schema(nullable = true) Boolean consentOnPaper,
        @Schema(nullable = true) UUID slotId,
        @Schema(nullable = true) LocalDate preferredFrom,
        @Schema(nullable = true) LocalDate preferredTo) {
    /** To a hospital, or back to the community. */
    public enum Direction {
        UP,
        DOWN
    }

    /** FHIR request priority routine, urgent. */
    public enum Urgency {
        ROUTINE,
        URGENT
    }

    public ReferralRequest {
        reports = reports == null ? List.of() : List.copyOf(reports);
    }

    /** Tells of somebody's health: never shown. */
    @Override
    public String toString() {
        return "referral to " + toHospital;
    }
}
