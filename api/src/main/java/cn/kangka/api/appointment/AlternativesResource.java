package cn.kangka.api.appointment;

import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where somebody whose booking was refused finds another slot. */
@Path("/v1/appointments/{id}/alternatives")
@Tag(name = "Booking")
public class AlternativesResource {
    private final Alternatives alternatives;

    AlternativesResource(Alternatives alternatives) {
        this.alternatives = alternatives;
    }

    @GET
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "替代号源 Other slots of the same department",
            description = "A few free slots: first of doctors of the same title, then the nearest in time.")
    @APIResponse(responseCode = "200", description = "Free slots; may be empty")
    @APIResponse(responseCode = "404", description = "No such booking, or not the caller's")
    public Uni<Page<SlotView>> alternatives(@PathParam("id") UUID id) {
        return alternatives.to(id);
    }
}
