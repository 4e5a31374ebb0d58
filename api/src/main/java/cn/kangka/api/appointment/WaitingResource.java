package cn.kangka.api.appointment;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Where people wait for a unit of a full session. */
@Path("/v1/waiting-entries")
@Tag(name = "Booking")
public class WaitingResource {
    private static final int CREATED = 201;

    private final WaitingList waiting;

    WaitingResource(WaitingList waiting) {
        this.waiting = waiting;
    }

    @POST
    @ResponseStatus(CREATED)
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "候补登记 Wait for a full session",
            description =
                    "Open 06:00 to 23:00 and until 23:00 the day before the visit (all per hospital). A unit that comes free is kept for the"
                            + " next in line: 30 minutes within 24 hours of the visit, else until 23:00. Entering again gives the"
                            + " same entry.")
    @APIResponse(responseCode = "201", description = "The entry, with its position")
    @APIResponse(responseCode = "404", description = "No such slot or person")
    @APIResponse(
            responseCode = "409",
            description = "waiting-not-full, waiting-closed, waiting-booked, waiting-too-many, or a limit of bookings")
    public Uni<WaitingView> enter(@NotNull @Valid WaitingRequest request) {
        return waiting.enter(request);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "候补详情 Read a place on a waiting list",
            description =
                    "With its state, its position while it waits, and what is offered. Partners those they made (scope appointments:write).")
    @APIResponse(responseCode = "200", description = "The entry")
    @APIResponse(responseCode = "404", description = "No such entry, or not the caller's")
    public Uni<WaitingView> one(@PathParam("id") UUID id) {
        return waiting.one(id);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(summary = "退出候补 Leave a waiting list", description = "An offer goes to the next in line at once.")
    @APIResponse(responseCode = "204", description = "Left")
    @APIResponse(responseCode = "404", description = "No such entry, or not the caller's")
    public Uni<Void> leave(@PathParam("id") UUID id) {
        return waiting.leave(id);
    }
}
