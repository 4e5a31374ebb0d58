package cn.kangka.api.dependant;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Somebody to book for, as hospitals have them.
 *
 * @param phone their own, which a hospital recorded for them; left out for a child
 */
@Schema(description = "Somebody to book for")
public record DependantRequest(
        @Schema(examples = "张小宁") @NotBlank @Size(max = 100) String name,

        @Schema(examples = "RESIDENT_ID") @NotBlank @Size(max = 50)
        String idType,

        @NotBlank @Size(max = 50) String idNumber,
        @NotNull Relation relation,

        @Schema(nullable = true, description = "Their own phone; not for a child") @Size(max = 20)
        String phone) {
    /** What they are to the caller. */
    public enum Relation {
        CHILD,
        PARENT,
        SPOUSE,
        OTHER
    }

    /** Names a person: never shown. */
    @Override
    public String toString() {
        return "a dependant";
    }
}
