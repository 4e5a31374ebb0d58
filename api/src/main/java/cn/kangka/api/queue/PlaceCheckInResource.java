package cn.kangka.api.queue;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where people check in by the code on the clinic's wall. */
@Path("/v1/appointments/{id}/check-in")
@Tag(name = "Queue")
public class PlaceCheckInResource {
    private final CheckIns checkIns;

    PlaceCheckInResource(CheckIns checkIns) {
        this.checkIns = checkIns;
    }

    @POST
    @RolesAllowed({"citizen", "agent", "supervisor"})
    @Operation(
            summary = "签到 Check in with the code on the wall",
            description =
                    "From some time before the band (60 minutes, per hospital; the booking's checkInFrom) to its end;"
                            + " later, while the session runs, behind everybody"
                            + " (kangka.queue.check-in-opens, late-check-in). The same again gives the same answer; who was called"
                            + " and did not come is put behind others. The code changes every minute and proves presence")
    @APIResponse(responseCode = "200", description = "Number and position")
    @APIResponse(responseCode = "404", description = "No such booking of the caller's")
    @APIResponse(
            responseCode = "409",
            description = "place-code, check-in-opens (with liftsAt), check-in-closes, check-in-ended, requeue-most")
    @APIResponse(responseCode = "429", description = "place-code-tries: too many wrong codes")
    public Uni<QueueView> checkIn(@PathParam("id") UUID id, @NotNull @Valid PlaceCodeRequest request) {
        return checkIns.byPlace(id, request.placeCode());
    }
}
