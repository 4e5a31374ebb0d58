package cn.kangka.api.appointment;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An appeal against the mark of a booking; one tap is enough.
 *
 * @param appointment whose mark
 * @param words why, if the person wants to say it
 */
@Schema(description = "An appeal against a mark")
public record AppealRequest(
        @NotNull UUID appointment,
        @Schema(nullable = true) @Size(max = 500) String words) {
    /** May tell of an illness: never shown. */
    @Override
    public String toString() {
        return "appeal for " + appointment;
    }
}
