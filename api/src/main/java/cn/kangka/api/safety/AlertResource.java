package cn.kangka.api.safety;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.ProblemTexts;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.Cache;

/** A citizen's safety alerts. */
@Path("/v1/me/alerts")
@Tag(name = "Safety", description = "Allergies of every hospital against prescriptions of every hospital (level 2)")
@RolesAllowed("citizen")
@Cache(noStore = true, isPrivate = true)
public class AlertResource {
    private final Safety safety;

    AlertResource(Safety safety) {
        this.safety = safety;
    }

    @GET
    @Operation(
            summary = "List my safety alerts",
            description = "Newest first; each names its rule, its evidence and the hospitals. In the access log.")
    @APIResponse(responseCode = "200", description = "A page of alerts")
    @APIResponse(responseCode = "403", description = "level-required or account-suspended")
    public Uni<Page<AlertView>> alerts(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") @Size(max = 200) String cursor) {
        return safety.alerts(cursor, limit, ProblemTexts.locale());
    }
}
