package cn.kangka.api.queue;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a clinic's desk finds its queues. */
@Path("/v1/queues")
@Tag(name = "Queue")
public class DeskQueueResource {
    /** Longer than any hospital's id and any cursor of ours. */
    private static final int TEXT = 200;

    private final DeskQueues queues;

    DeskQueueResource(DeskQueues queues) {
        this.queues = queues;
    }

    @GET
    @RolesAllowed({"terminal", "hospital", "clerk", "supervisor"})
    @Operation(
            summary = "当天的候诊队列 List the queues of a day",
            description =
                    "Sessions of the token's institutions on a day (Asia/Shanghai), mornings first: how many are expected,"
                            + " how many wait, and who is called, by number. The `appointment` of a call is what `passed` and `done`"
                            + " take. Nothing tells who anybody is.")
    @APIResponse(responseCode = "200", description = "One page of sessions")
    @APIResponse(responseCode = "404", description = "No institution of the token's")
    @APIResponse(responseCode = "422", description = "A supervisor, or a token without institutions, named no hospital")
    public Uni<Page<DeskQueueView>> list(
            @Parameter(description = "only this one of the token's institutions; a supervisor must name one")
                    @QueryParam("hospital")
                    @Size(max = TEXT)
                    String hospital,
            @Parameter(description = "day of the visits, default today") @QueryParam("date") LocalDate date,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") @Size(max = TEXT) String cursor) {
        return queues.list(hospital, date, limit, cursor);
    }
}
