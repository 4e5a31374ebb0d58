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
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where citizens find their bookings. */
@Path("/v1/me/appointments")
@Tag(name = "Booking")
public class MyAppointmentsResource {
    private final Appointments appointments;

    MyAppointmentsResource(Appointments appointments) {
        this.appointments = appointments;
    }

    @GET
    @RolesAllowed("citizen")
    @Operation(
            summary = "我的预约 My bookings",
            description = "The newest first; with upcoming=true those still to come, the next first.")
    @APIResponse(responseCode = "200", description = "One page of bookings")
    @APIResponse(responseCode = "403", description = "Level 1 is missing")
    @APIResponse(responseCode = "404", description = "Nobody for whom the caller books")
    public Uni<Page<AppointmentView>> mine(
            @QueryParam("upcoming") @DefaultValue("false") boolean upcoming,
            @Parameter(description = "a dependant's; the caller's own without it") @QueryParam("personId") UUID person,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return appointments.mine(person, upcoming, limit, cursor);
    }
}
