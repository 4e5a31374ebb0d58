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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where agents find the bookings of the person on the phone. */
@Path("/v1/persons/{id}/appointments")
@Tag(name = "Booking")
public class PersonAppointmentsResource {
    private final Appointments appointments;

    PersonAppointmentsResource(Appointments appointments) {
        this.appointments = appointments;
    }

    @GET
    @RolesAllowed({"agent", "supervisor"})
    @Operation(summary = "某人的预约 A person's bookings, for agents", description = "Audited.")
    @APIResponse(responseCode = "200", description = "One page of bookings, the newest first")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    public Uni<Page<AppointmentView>> ofPerson(
            @PathParam("id") UUID person,
            @QueryParam("upcoming") @DefaultValue("false") boolean upcoming,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return appointments.ofPerson(person, upcoming, limit, cursor);
    }
}
