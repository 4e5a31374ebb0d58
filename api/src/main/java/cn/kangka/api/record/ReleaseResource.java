package cn.kangka.api.record;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a hospital says that a clinician releases a report. */
@Path("/v1/reports/releases")
@Tag(name = "Record")
public class ReleaseResource {
    private final Records records;

    ReleaseResource(Records records) {
        this.records = records;
    }

    /** Which report, and who releases it. */
    @Schema(description = "A clinician's release of a report")
    public record ReleaseRequest(
            @NotBlank
            @Size(max = 200)
            @Schema(description = "The hospital's number of the report (filler order number)")
            String number,

            @NotBlank @Size(max = 100) @Schema(description = "The clinician's id at the hospital")
            String by) {}

    @POST
    @RolesAllowed("hospital")
    @Operation(
            summary = "Release a report after review",
            description =
                    "By the hospital's own client: shows the current version of one of its reports to the patient,"
                            + " whatever rule held it. Repeating it changes nothing.")
    @APIResponse(responseCode = "204", description = "Released")
    @APIResponse(responseCode = "404", description = "That hospital has no such report")
    public Uni<Void> release(@NotNull @Valid ReleaseRequest request) {
        return records.release(request.number(), request.by());
    }
}
