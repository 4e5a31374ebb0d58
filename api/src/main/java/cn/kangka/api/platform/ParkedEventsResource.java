package cn.kangka.api.platform;

import cn.kangka.kit.outbox.ParkedEvent;
import cn.kangka.kit.outbox.ParkedEvents;
import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this service could not hand over, for operators. */
@Path("/v1/outbox/parked")
@RolesAllowed({"integration", "admin"})
@Tag(name = "Operations")
public class ParkedEventsResource {
    private final ParkedEvents parked;
    private final JsonWebToken caller;

    ParkedEventsResource(ParkedEvents parked, JsonWebToken caller) {
        this.parked = parked;
        this.caller = caller;
    }

    @Schema(description = "Why it may go out again now; kept in the audit")
    record Release(@NotBlank @Size(max = 200) String reason) {}

    @Schema(description = "How many events go out again")
    record Released(int released) {}

    @GET
    @Operation(
            summary = "待人工处理的事件 Parked events",
            description = "Newest first; why they were parked, without content and without personal data.")
    @APIResponse(responseCode = "200", description = "One page")
    public Uni<Page<ParkedEvent>> list(
            @QueryParam("destination") @Size(max = 100) String destination,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return parked.list(destination, limit, cursor);
    }

    @POST
    @Path("{id}/release")
    @Operation(
            summary = "重新投递一条 Send one again",
            description = "After the cause was healed; what waits behind it follows. Audited.")
    @APIResponse(responseCode = "200", description = "It goes out again")
    @APIResponse(responseCode = "404", description = "No such event is parked")
    public Uni<Released> release(@PathParam("id") UUID id, @NotNull @Valid Release release) {
        return parked.releaseOne(id, caller.getSubject(), release.reason()).map(Released::new);
    }

    @POST
    @Path("release")
    @Operation(
            summary = "重新投递一个去向的全部 Send all of one destination again",
            description = "After the cause was healed. Audited.")
    @APIResponse(responseCode = "200", description = "How many go out again")
    public Uni<Released> releaseAll(
            @QueryParam("destination") @NotBlank @Size(max = 100) String destination, @NotNull @Valid Release release) {
        return parked.releaseAll(destination, caller.getSubject(), release.reason())
                .map(Released::new);
    }
}
