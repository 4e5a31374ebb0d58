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

/** Where units are booked. */
@Path("/v1/appointments")
@Tag(name = "Booking", description = "号源与预约 Slots, holds and bookings")
public class BookingResource {
    private final Booking booking;

    BookingResource(Booking booking) {
        this.booking = booking;
    }

    @POST
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "预约挂号 Book a unit",
            description =
                    "Holds and confirms in one step; durable when answered. Citizens book for themselves (level 1);"
                            + " agents and partners (scope appointments:write) give personId or cardCode. The channel comes from"
                            + " the token. The same Idempotency-Key and body give the first answer for 24 h.")
    @APIResponse(
            responseCode = "201",
            description = "Booked; the hospital's word follows in hospitalStatus",
            content = @Content(schema = @Schema(implementation = AppointmentView.class)))
    @APIResponse(responseCode = "400", description = "No Idempotency-Key, or a field breaks its rule")
    @APIResponse(responseCode = "403", description = "Level 1, the scope, or a check of the caller is missing")
    @APIResponse(responseCode = "404", description = "No such slot or person")
    @APIResponse(
            responseCode = "409",
            description = "slot-full, a limit (rule and liftsAt say which and until when), hold-expired, slot-past,"
                    + " slot-closed, slot-not-released, or the same key is in progress")
    @APIResponse(responseCode = "422", description = "The key was used with another body")
    public Uni<Response> book(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid BookingRequest request) {
        return booking.book(key, request).map(BookingResource::answer);
    }

    private static Response answer(Answer answer) {
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.body())
                .build();
    }
}
