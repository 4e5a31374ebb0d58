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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where agents see what the person on the phone waits for. */
@Path("/v1/persons/{id}/waiting-entries")
@Tag(name = "Booking")
public class PersonWaitingResource {
    private final WaitingList waiting;

    PersonWaitingResource(WaitingList waiting) {
        this.waiting = waiting;
    }

    @GET
    @RolesAllowed({"agent", "supervisor"})
    @Operation(summary = "某人的候补 A person's waiting lists, for agents", description = "Audited.")
    @APIResponse(responseCode = "200", description = "One page of entries, the newest first")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    public Uni<Page<WaitingView>> ofPerson(
            @PathParam("id") UUID person,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return waiting.ofPerson(person, limit, cursor);
    }
}
