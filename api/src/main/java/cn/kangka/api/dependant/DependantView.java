package cn.kangka.api.dependant;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody to book for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Somebody to book for")
public record DependantView(
        UUID id,

        @Schema(description = "personId of bookings; absent until they agreed")
        UUID person,

        @Schema(description = "Masked; absent until they agreed", examples = "张**")
        String name,

        DependantRequest.Relation relation,

        @Schema(description = "PENDING until they agreed, ACTIVE")
        String status,

        @Schema(description = "MINOR: until they come of age; CONSENT: until one of both ends it")
        String kind,

        OffsetDateTime since,

        @Schema(description = "Of a pending one: until when the code is good")
        OffsetDateTime expiresAt) {

    /** Somebody who may book for the caller. */
    @Schema(name = "Carer", description = "Somebody who may book for the caller")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Carer(
            UUID id,

            @Schema(description = "Masked", examples = "张**")
            String name,

            @Schema(description = "What the caller is to them")
            DependantRequest.Relation relation,

            OffsetDateTime since) {}

    @Override
    public String toString() {
        return "dependant " + id;
    }
}
