package cn.kangka.api.draw;

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

/** Where people see their entries. */
@Path("/v1/me/draw-entries")
@Tag(name = "Draws")
public class MyDrawEntriesResource {
    private final DrawEntries entries;

    MyDrawEntriesResource(DrawEntries entries) {
        this.entries = entries;
    }

    @GET
    @RolesAllowed("citizen")
    @Operation(summary = "我的摇号 My entries in draws", description = "The newest first, with what came of them.")
    @APIResponse(responseCode = "200", description = "One page of entries")
    @APIResponse(responseCode = "404", description = "Nobody for whom the caller books")
    public Uni<Page<DrawEntryView>> mine(
            @Parameter(description = "a dependant's; the caller's own without it") @QueryParam("personId") UUID person,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return entries.mine(person, limit, cursor);
    }
}
