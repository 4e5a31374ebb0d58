package cn.kangka.api.appointment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A decision about an appeal.
 *
 * @param granted whether the mark is erased
 * @param answer told to the person
 */
@Schema(description = "A decision about an appeal")
public record AppealDecision(
        @NotNull Boolean granted, @NotBlank @Size(max = 200) String answer) {}
