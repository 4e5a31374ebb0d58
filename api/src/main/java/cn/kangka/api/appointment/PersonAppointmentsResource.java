package cn.kangka.api.appointment;

import cn.kangka.api.appointment.Appointments.Which;
import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
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
    @Operation(
            summary = "某人的预约 A person's bookings, for agents",
            description =
                    "The newest first; with upcoming=true those still to come, the next first; with failed=true those that"
                            + " were STOPPED, REFUSED or MISSED, of visits in the last 30 days (kangka.appointment.failed-shown-days)"
                            + " or to come, the latest visit first. Audited.")
    @APIResponse(responseCode = "200", description = "One page of bookings")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    @APIResponse(responseCode = "422", description = "Both upcoming and failed")
    public Uni<Page<AppointmentView>> ofPerson(
            @PathParam("id") UUID person,
            @QueryParam("upcoming") @DefaultValue("false") boolean upcoming,
            @QueryParam("failed") @DefaultValue("false") boolean failed,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        if (upcoming && failed) {
            throw Problems.invalid("failed", "upcoming-or-failed");
        }
        Which which = upcoming ? Which.UPCOMING : failed ? Which.FAILED : Which.ALL;
        return appointments.ofPerson(person, which, limit, cursor);
    }
}
