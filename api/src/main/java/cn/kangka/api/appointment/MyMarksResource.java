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

/** Where people see what counts against them. */
@Path("/v1/me/marks")
@Tag(name = "Booking")
public class MyMarksResource {
    private final Appeals appeals;

    MyMarksResource(Appeals appeals) {
        this.appeals = appeals;
    }

    @GET
    @RolesAllowed("citizen")
    @Operation(
            summary = "我的违约记录 My marks",
            description = "Missed visits and late cancels, also erased ones, with appeals; the newest visit first.")
    @APIResponse(responseCode = "200", description = "One page of marks")
    @APIResponse(responseCode = "404", description = "Nobody for whom the caller books")
    public Uni<Page<MarkView>> mine(
            @Parameter(description = "a dependant's; the caller's own without it") @QueryParam("personId") UUID person,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return appeals.mine(person, limit, cursor);
    }
}
