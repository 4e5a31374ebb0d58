package cn.kangka.api.exemption;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a supervisor says that marks never pause a person who lacks capacity. */
@Path("/v1/persons/{id}/pause-exemption")
@Tag(name = "Booking")
public class PauseExemptionResource {
    private final PauseExemptions exemptions;

    PauseExemptionResource(PauseExemptions exemptions) {
        this.exemptions = exemptions;
    }

    @GET
    @RolesAllowed({"agent", "supervisor"})
    @Operation(
            summary = "是否免于暂停预约 Whether marks never pause a person",
            description = "What a supervisor set; minors are never paused without it. Audited.")
    @APIResponse(responseCode = "200", description = "Whether, since when and on what basis")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    public Uni<PauseExemptionView> of(@PathParam("id") UUID person) {
        return exemptions.of(person);
    }

    @PUT
    @RolesAllowed("supervisor")
    @Operation(
            summary = "设为免于暂停预约 Exempt a person from pauses",
            description =
                    "For adults who lack capacity, after their document was seen. Marks are still kept, and everything else"
                            + " holds for them as before. From the next booking on; in the person's access log.")
    @APIResponse(responseCode = "200", description = "Set; the same again changes nothing")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    @APIResponse(responseCode = "404", description = "No such person")
    public Uni<PauseExemptionView> set(
            @PathParam("id") UUID person, @NotNull @Valid PauseExemptionView.Request request) {
        return exemptions.set(person, request);
    }

    @DELETE
    @RolesAllowed("supervisor")
    @Operation(
            summary = "取消免于暂停预约 End an exemption",
            description = "Marks of the windows count again, from the next booking on; in the person's access log.")
    @APIResponse(responseCode = "204", description = "Ended, or there was none")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    @APIResponse(responseCode = "404", description = "No such person")
    public Uni<Void> end(@PathParam("id") UUID person) {
        return exemptions.end(person);
    }
}
