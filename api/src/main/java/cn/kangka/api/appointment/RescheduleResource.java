package cn.kangka.api.appointment;

import cn.kangka.kit.idempotency.Idempotency.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where bookings are moved. */
@Path("/v1/appointments/{id}/reschedule")
@Tag(name = "Booking")
public class RescheduleResource {
    private final Rescheduling rescheduling;

    RescheduleResource(Rescheduling rescheduling) {
        this.rescheduling = rescheduling;
    }

    @POST
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "改约 Move a booking",
            description =
                    "In one step: the old unit is given back only when the new one is won. The old booking does not count"
                            + " against the limits of the new one; after its deadline the move counts as a late cancel.")
    @APIResponse(
            responseCode = "201",
            description = "The new booking",
            content = @Content(schema = @Schema(implementation = AppointmentView.class)))
    @APIResponse(responseCode = "400", description = "No Idempotency-Key, or a field breaks its rule")
    @APIResponse(responseCode = "404", description = "No such booking or slot, or not the caller's")
    @APIResponse(responseCode = "409", description = "As for a booking; appointment-not-cancellable for the old one")
    @APIResponse(responseCode = "422", description = "It is that slot already, or the key was used with another body")
    public Uni<Response> move(
            @HeaderParam("Idempotency-Key") String key,
            @PathParam("id") UUID id,
            @NotNull @Valid RescheduleRequest request) {
        return rescheduling.move(key, id, request).map(RescheduleResource::answer);
    }

    private static Response answer(Answer answer) {
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.body())
                .build();
    }
}
