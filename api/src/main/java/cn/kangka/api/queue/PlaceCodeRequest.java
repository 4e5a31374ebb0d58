package cn.kangka.api.queue;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The code on the clinic's wall. */
public record PlaceCodeRequest(
        @Schema(description = "six digits", examples = "048213") @NotNull @Pattern(regexp = "\\d{6}")
        String placeCode) {
    @Override
    public String toString() {
        return "a place code";
    }
}
