package cn.kangka.api.audit;

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

/** Who looked at the caller's data. */
@Path("/v1/me/access-log")
@Tag(name = "Account")
public class AccessLogResource {
    private final AccessLog log;

    AccessLogResource(AccessLog log) {
        this.log = log;
    }

    @GET
    @RolesAllowed("citizen")
    @Operation(
            summary = "Who looked at my data",
            description = "Newest first; oneself, proxies, agents, partners, hospitals, refused attempts included"
                    + " (PIPL art. 45). Level 2.")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "403", description = "level-required")
    public Uni<Page<Access>> own(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return log.own(limit, cursor);
    }
}
