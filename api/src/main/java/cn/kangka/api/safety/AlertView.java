package cn.kangka.api.safety;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A safety alert as its patient reads it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A safety alert")
public record AlertView(
        UUID id,

        @Schema(description = "1: must not be used without a reason; 2: to be watched")
        int tier,

        @Schema(description = "Id of the rule that raised it", examples = "safety.allergy-ingredient-group")
        String rule,

        String title,
        String text,

        @Schema(description = "What was prescribed, as the hospital wrote it")
        String medication,

        Evidence allergy,
        @Schema(description = "Where it was prescribed") HospitalRef hospital,
        OffsetDateTime at,

        @Schema(description = "OPEN, or RESOLVED when the order or the allergy is over")
        String status) {

    /** The documented allergy. */
    @Schema(description = "The allergy that it is about, and who documented it")
    public record Evidence(String text, HospitalRef hospital) {}

    /** A hospital. */
    @Schema(description = "A hospital")
    public record HospitalRef(@Schema(examples = "H001") String id, String name) {}
}
