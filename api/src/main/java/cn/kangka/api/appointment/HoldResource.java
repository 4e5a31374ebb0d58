package cn.kangka.api.appointment;

import cn.kangka.kit.idempotency.Idempotency.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
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

/** Where a unit is kept while somebody confirms. */
@Path("/v1/holds")
@RolesAllowed({"citizen", "agent", "supervisor", "partner"})
@Tag(name = "Booking")
public class HoldResource {
    private final Holds holds;

    HoldResource(Holds holds) {
        this.holds = holds;
    }

    @POST
    @Operation(
            summary = "锁定号源 Hold a unit",
            description =
                    "For five minutes (per hospital; its expiresIn); then it comes back by itself. Pass its id as holdId when booking"
                            + " or moving; with appointmentId it is for the move of that booking. The limits are judged at once, for"
                            + " personId (the caller's own without it) or the booking's person, so that nobody fills in a form for"
                            + " nothing; they are judged again when it is confirmed. Partners must send an Idempotency-Key.")
    @APIResponse(
            responseCode = "201",
            description = "Held",
            content = @Content(schema = @Schema(implementation = HoldView.class)))
    @APIResponse(responseCode = "404", description = "No such slot or booking, or nobody for whom the caller books")
    @APIResponse(responseCode = "422", description = "An agent names nobody; the booking is in that slot already")
    @APIResponse(
            responseCode = "409",
            description = "slot-full, too-many-holds, slot-past, slot-closed …, a limit of bookings; for a move also"
                    + " appointment-not-cancellable")
    public Uni<Response> hold(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid HoldRequest request) {
        return holds.hold(key, request).map(HoldResource::answer);
    }

    private static Response answer(Answer answer) {
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.body())
                .build();
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "释放号源 Give a held unit back", description = "It is bookable again at once.")
    @APIResponse(responseCode = "204", description = "Given back")
    @APIResponse(responseCode = "404", description = "No such hold, or not the caller's")
    public Uni<Void> release(@PathParam("id") UUID id) {
        return holds.release(id);
    }
}
