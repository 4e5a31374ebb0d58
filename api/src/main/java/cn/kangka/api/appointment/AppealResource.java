package cn.kangka.api.appointment;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Where marks are appealed against, and appeals decided. */
@Path("/v1/appeals")
@Tag(name = "Booking")
public class AppealResource {
    private static final int CREATED = 201;

    private final Appeals appeals;

    AppealResource(Appeals appeals) {
        this.appeals = appeals;
    }

    @POST
    @ResponseStatus(CREATED)
    @RolesAllowed({"citizen", "agent", "supervisor"})
    @Operation(
            summary = "申诉 Appeal against a mark",
            description =
                    "Against the mark of a missed visit or a late cancel; answered in two working days. Words may be left"
                            + " out; staff get the answer without them. Again: the same appeal.")
    @APIResponse(responseCode = "201", description = "The mark with its appeal")
    @APIResponse(responseCode = "404", description = "No such booking, not the caller's, or without a mark")
    @APIResponse(responseCode = "409", description = "mark-erased: it does not count any more")
    public Uni<MarkView> appeal(@NotNull @Valid AppealRequest request) {
        return appeals.appeal(request);
    }

    @GET
    @RolesAllowed("supervisor")
    @Operation(summary = "待处理的申诉 Open appeals", description = "The one due next first; audited.")
    @APIResponse(responseCode = "200", description = "One page")
    public Uni<Page<MarkView.Case>> open(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return appeals.open(limit, cursor);
    }

    @POST
    @Path("{id}/decision")
    @RolesAllowed("supervisor")
    @Operation(
            summary = "处理申诉 Decide an appeal",
            description = "A granted one erases the mark. The person is told, with the answer; audited.")
    @APIResponse(responseCode = "204", description = "Decided")
    @APIResponse(responseCode = "404", description = "No such appeal")
    @APIResponse(responseCode = "409", description = "appeal-decided: somebody else has")
    public Uni<Void> decide(@PathParam("id") UUID id, @NotNull @Valid AppealDecision decision) {
        return appeals.decide(id, decision);
    }
}
