package cn.kangka.api.safety;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A documented allergy. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A documented allergy")
public record AllergyView(
        UUID id,
        @Schema(description = "As the hospital wrote it") String text,

        @Schema(description = "The ingredient group it belongs to, in the caller's language; absent when unknown")
        String group,

        String reaction,

        @Schema(description = "high, low or unable-to-assess")
        String criticality,

        @Schema(description = "Who documented it") AlertView.HospitalRef hospital,

        @Schema(description = "When the hospital last told it")
        OffsetDateTime at) {}
