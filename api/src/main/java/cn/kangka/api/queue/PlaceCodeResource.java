package cn.kangka.api.queue;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a clinic's display gets the code for its wall. */
@Path("/v1/check-in-places/{department}/code")
@Tag(name = "Queue")
public class PlaceCodeResource {
    private final PlaceCodes codes;

    PlaceCodeResource(PlaceCodes codes) {
        this.codes = codes;
    }

    @GET
    @RolesAllowed({"terminal", "hospital", "clerk"})
    @Operation(
            summary = "现场签到码 The code to show at a department",
            description =
                    "Six digits that change every minute (kangka.queue.place-code-shown); each is good for one more")
    @APIResponse(responseCode = "200", description = "The code, and when to ask for the next one")
    @APIResponse(responseCode = "404", description = "No such department of the token's hospital")
    public Uni<PlaceCodeView> code(@PathParam("department") UUID department) {
        return codes.shown(department);
    }
}
