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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where partners see for whom they wait. */
@Path("/v1/partner/waiting-entries")
@Tag(name = "Booking")
public class PartnerWaitingResource {
    private final WaitingList waiting;

    PartnerWaitingResource(WaitingList waiting) {
        this.waiting = waiting;
    }

    @GET
    @RolesAllowed("partner")
    @Operation(
            summary = "本机构代候补 Places on waiting lists that the calling partner took",
            description =
                    "The newest first, with state, position and what is offered; an offer is taken by booking its slot for"
                            + " that person. Scope appointments:write. Audited.")
    @APIResponse(responseCode = "200", description = "One page of entries")
    @APIResponse(responseCode = "403", description = "The scope is missing")
    public Uni<Page<WaitingView>> made(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return waiting.byPartner(limit, cursor);
    }
}
