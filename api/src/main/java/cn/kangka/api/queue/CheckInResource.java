package cn.kangka.api.queue;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a hospital's terminals check people in. */
@Path("/v1/check-ins")
@Tag(name = "Queue", description = "签到与叫号 Check-in, and the queue at the clinic")
public class CheckInResource {
    private final CheckIns checkIns;

    CheckInResource(CheckIns checkIns) {
        this.checkIns = checkIns;
    }

    @POST
    @RolesAllowed({"terminal", "hospital", "clerk"})
    @Operation(
            summary = "自助机签到 Check in at a terminal",
            description =
                    "By the health card's dynamic code (used up) or by booking, at the hospital of the token. Of several"
                            + " bookings that day the one that can be checked in to now is taken. The same again gives the same"
                            + " answer; who was called and did not come is put behind others. Audited")
    @APIResponse(responseCode = "200", description = "Number and position")
    @APIResponse(responseCode = "404", description = "No such booking at this hospital")
    @APIResponse(
            responseCode = "409",
            description =
                    "card-code-refused, check-in-none, check-in-opens (with liftsAt), check-in-closes, check-in-ended,"
                            + " requeue-most")
    @APIResponse(
            responseCode = "422",
            description = "Not exactly one of cardCode and appointmentId; or hospital is missing or not the token's")
    @APIResponse(responseCode = "503", description = "The index does not answer")
    public Uni<QueueView> checkIn(@NotNull @Valid CheckInRequest request) {
        return checkIns.atTerminal(request);
    }
}
