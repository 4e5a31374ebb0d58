package cn.kangka.api.dependant;

import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who books for a citizen. */
@Path("/v1/me/carers")
@Tag(name = "Dependant")
public class CarerResource {
    private final Dependants dependants;

    CarerResource(Dependants dependants) {
        this.dependants = dependants;
    }

    @GET
    @RolesAllowed("citizen")
    @Operation(summary = "谁可为我代办 Who books for me", description = "Level 2; names are masked.")
    @APIResponse(responseCode = "200", description = "All of them")
    public Uni<Page<DependantView.Carer>> mine() {
        return dependants.carers();
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("citizen")
    @Operation(summary = "撤回同意 Withdraw my agreement", description = "At once; the other side is told.")
    @APIResponse(responseCode = "204", description = "Ended")
    @APIResponse(responseCode = "404", description = "No such one about the caller")
    public Uni<Void> refuse(@PathParam("id") UUID id) {
        return dependants.refuse(id);
    }
}
