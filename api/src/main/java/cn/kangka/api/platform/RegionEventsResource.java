package cn.kangka.api.platform;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where the index tells what changed. */
@Path("/v1/region-events")
@Tag(name = "Between services")
public class RegionEventsResource {
    private final RegionEvents events;
    private final JsonWebToken token;

    RegionEventsResource(RegionEvents events, JsonWebToken token) {
        this.events = events;
        this.token = token;
    }

    @POST
    @RolesAllowed("service")
    @Operation(
            summary = "Take in events of the index",
            description = "At most 500. Each is applied in a transaction of its own and answered DONE, RETRY (come"
                    + " again later) or PARK (a person must look); an event seen before is DONE.")
    @APIResponse(responseCode = "403", description = "Not the index")
    @APIResponse(responseCode = "200", description = "One result per event, in the order of the request")
    public Uni<RegionEventBatch.Response> take(@NotNull @Valid RegionEventBatch.Request batch) {
        return events.take(token.getIssuer(), batch.events()).map(RegionEventBatch.Response::new);
    }

    @GET
    @Path("status")
    @RolesAllowed("service")
    @Operation(
            summary = "How far this service follows the index",
            description =
                    "When the last event was applied, and when the newest applied one was caused; null before the first.")
    @APIResponse(responseCode = "200", description = "Two times")
    public Uni<RegionEventBatch.Status> status() {
        return events.status();
    }
}
