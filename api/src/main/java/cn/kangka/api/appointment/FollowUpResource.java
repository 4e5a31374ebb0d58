package cn.kangka.api.appointment;

import cn.kangka.kit.idempotency.Idempotency.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where institutions book follow-ups. */
@Path("/v1/follow-ups")
@Tag(name = "Booking")
public class FollowUpResource {
    private final FollowUps followUps;

    FollowUpResource(FollowUps followUps) {
        this.followUps = followUps;
    }

    @POST
    @RolesAllowed("hospital")
    @Operation(
            summary = "预约复诊 Book a follow-up",
            description =
                    "By an institution's own client, for somebody whom it has seen in the last 6 months (setting),"
                            + " in a slot of its own. Limits neither stop nor count it. A reserved unit is taken first, also before"
                            + " the session is released; else one of the call centre's quota. The same Idempotency-Key and body give"
                            + " the first answer for 24 h.")
    @APIResponse(
            responseCode = "201",
            description = "Booked; kind is FOLLOW_UP",
            content = @Content(schema = @Schema(implementation = AppointmentView.class)))
    @APIResponse(responseCode = "400", description = "No Idempotency-Key, or a field breaks its rule")
    @APIResponse(responseCode = "404", description = "No such slot of the institution, or no such person")
    @APIResponse(
            responseCode = "409",
            description =
                    "follow-up-not-seen, session-booked, slot-full, slot-past, slot-closed, card-code-refused, or the"
                            + " same key is in progress")
    @APIResponse(
            responseCode = "422",
            description = "Not exactly one of personId and cardCode, or the key was used before")
    public Uni<Response> book(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid FollowUpRequest request) {
        return followUps.book(key, request).map(FollowUpResource::answer);
    }

    private static Response answer(Answer answer) {
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.body())
                .build();
    }
}
