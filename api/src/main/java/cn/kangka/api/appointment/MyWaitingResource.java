package cn.kangka.api.appointment;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where people see what they wait for. */
@Path("/v1/me/waiting-entries")
@Tag(name = "Booking")
public class MyWaitingResource {
    private final WaitingList waiting;

    MyWaitingResource(WaitingList waiting) {
        this.waiting = waiting;
    }

    @GET
    @RolesAllowed("citizen")
    @Operation(summary = "我的候补 My waiting lists", description = "The newest first, with what is offered.")
    @APIResponse(responseCode = "200", description = "One page of entries")
    @APIResponse(responseCode = "404", description = "Nobody for whom the caller books")
    public Uni<Page<WaitingView>> mine(
            @Parameter(description = "a dependant's; the caller's own without it") @QueryParam("personId") UUID person,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return waiting.mine(person, limit, cursor);
    }
}
