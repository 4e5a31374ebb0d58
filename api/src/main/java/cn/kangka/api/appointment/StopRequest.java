package cn.kangka.api.appointment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which clinic is stopped: of a hospital, or of one of its departments or doctors, in a range of days.
 *
 * @param department null for all
 * @param doctor null for all
 * @param from first day, {@code to} the last
 * @param half AM or PM; null for both
 * @param reason told to staff, not to patients
 */
@Schema(description = "A stop of clinic (停诊)")
public record StopRequest(
        @Schema(examples = "H001") @NotBlank @Size(max = 20) String hospital,
        @Schema(nullable = true) UUID department,
        @Schema(nullable = true) UUID doctor,
        @NotNull LocalDate from,
        @NotNull LocalDate to,
        @Schema(nullable = true) @Pattern(regexp = "AM|PM") String half,
        @NotBlank @Size(max = 200) String reason) {}
