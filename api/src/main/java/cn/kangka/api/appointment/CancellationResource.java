package cn.kangka.api.appointment;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where bookings are cancelled. */
@Path("/v1/appointments/{id}/cancel")
@Tag(name = "Booking")
public class CancellationResource {
    private final Cancellation cancellation;

    CancellationResource(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    @POST
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "取消预约 Cancel a booking",
            description =
                    "The unit is bookable again at once. After the deadline (15:00 the day before, per hospital) a"
                            + " cancel is accepted and counted. Again: the same answer.")
    @APIResponse(responseCode = "200", description = "The cancelled booking")
    @APIResponse(responseCode = "404", description = "No such booking, or not the caller's")
    @APIResponse(responseCode = "409", description = "appointment-not-cancellable: it began or has another end")
    public Uni<AppointmentView> cancel(@PathParam("id") UUID id) {
        return cancellation.cancel(id);
    }
}
