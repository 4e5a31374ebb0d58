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
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where bookings are read. */
@Path("/v1/appointments")
@Tag(name = "Booking")
public class AppointmentResource {
    private static final int A_WEEK = 10_080;

    private final Appointments appointments;

    AppointmentResource(Appointments appointments) {
        this.appointments = appointments;
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(summary = "预约详情 Read one booking")
    @APIResponse(responseCode = "200", description = "The booking")
    @APIResponse(responseCode = "404", description = "No such booking, or not the caller's")
    public Uni<AppointmentView> one(@PathParam("id") UUID id) {
        return appointments.one(id);
    }

    @GET
    @RolesAllowed({"agent", "supervisor"})
    @Operation(
            summary = "医院未答复的预约 Bookings no hospital has answered",
            description =
                    "For the agents' list: booked at least so many minutes ago and still PENDING, or answered with a time that is"
                            + " none of ours (hospitalStart); the oldest first.")
    @APIResponse(responseCode = "200", description = "One page of bookings")
    public Uni<Page<AppointmentView>> unanswered(
            @Parameter(description = "minutes since the booking, 0 to a week")
                    @QueryParam("pendingMinutes")
                    @DefaultValue("10")
                    @Min(0)
                    @Max(A_WEEK)
                    int minutes,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return appointments.unanswered(Duration.ofMinutes(minutes), limit, cursor);
    }
}
