package cn.kangka.notification.delivery;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Dead letters, for operators. */
@Path("/v1/deliveries")
@Tag(name = "Deliveries")
public class DeliveryResource {
    private final DeliveryLogService log;
    private final JsonWebToken caller;

    DeliveryResource(DeliveryLogService log, JsonWebToken caller) {
        this.log = log;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({"integration", "admin", "supervisor"})
    @Operation(summary = "List dead letters", description = "Newest first, each with its reason; no text, no address")
    @APIResponse(responseCode = "200", description = "A page of deliveries")
    public Uni<Page<DeliveryView>> deadLetters(
            @QueryParam("state") @DefaultValue("PARKED") DeliveryState state,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return log.deadLetters(state, limit, cursor);
    }

    @POST
    @Path("/{id}/replay")
    @ResponseStatus(202)
    @RolesAllowed({"integration", "admin", "supervisor"})
    @Operation(summary = "Send a dead letter again", description = "After the cause was repaired; audited")
    @APIResponse(responseCode = "202", description = "It is queued again")
    @APIResponse(responseCode = "404", description = "No such delivery")
    @APIResponse(responseCode = "409", description = "It is no dead letter")
    public Uni<Void> replay(@PathParam("id") UUID id) {
        return log.replay(id, caller.getSubject());
    }
}
