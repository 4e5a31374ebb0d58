package cn.kangka.api.schedule;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a doctor does every week on a weekday.
 *
 * @param half AM when the first band begins before noon
 * @param version grows with every change; its ETag
 */
public record TemplateView(
        UUID id,
        String hospital,
        int weekday,
        String half,
        String department,
        String doctor,
        LocalTime firstBand,
        int bandMinutes,
        int bands,
        int units,
        BigDecimal fee,
        String mode,

        @Schema(description = "IN_PERSON, or REMOTE: by video")
        String modality,

        LocalDate validFrom,
        @Schema(nullable = true) LocalDate validTo,
        long version) {

    /**
     * A template to save.
     *
     * @param hospital a hospital's own client may leave it out
     * @param weekday 1 Monday to 7 Sunday
     * @param department the hospital's own code, as {@code doctor}; the doctor must work there
     * @param units of each band
     * @param fee in yuan
     * @param modality IN_PERSON or REMOTE; null for what it was before, IN_PERSON for a new one
     * @param validTo last day; null for ever
     */
    public record Request(
            @Size(max = 40) String hospital,
            @Min(1) @Max(7) int weekday,
            @NotBlank @Size(max = 80) String department,
            @NotBlank @Size(max = 80) String doctor,
            @NotNull @Schema(examples = "08:30") LocalTime firstBand,

            @Min(5)
            @Max(240)
            @Schema(
                    examples = "30",
                    nullable = true,
                    description = "minutes; the hospital's own band where it is left out (appointment.band-minutes)")
            Integer bandMinutes,

            @Min(1) @Max(48) int bands,
            @Min(1) @Max(500) int units,

            @NotNull @DecimalMin("0") @DecimalMax("99999") @Digits(integer = 5, fraction = 2)
            BigDecimal fee,

            @NotNull @Pattern(regexp = "BOOK|DRAW") String mode,

            @Pattern(regexp = "IN_PERSON|REMOTE")
            @Schema(
                    nullable = true,
                    description =
                            "IN_PERSON, or REMOTE: by video. Left out, a template stays what it is; a new one is IN_PERSON")
            String modality,

            @NotNull LocalDate validFrom,
            LocalDate validTo) {

        Request withBand(int minutes) {
            return new Request(
                    hospital,
                    weekday,
                    department,
                    doctor,
                    firstBand,
                    minutes,
                    bands,
                    units,
                    fee,
                    mode,
                    modality,
                    validFrom,
                    validTo);
        }
    }
}
