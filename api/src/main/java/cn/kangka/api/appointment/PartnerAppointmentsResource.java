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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where partners find the bookings that they made. */
@Path("/v1/partner/appointments")
@Tag(name = "Booking")
public class PartnerAppointmentsResource {
    private final Appointments appointments;

    PartnerAppointmentsResource(Appointments appointments) {
        this.appointments = appointments;
    }

    @GET
    @RolesAllowed("partner")
    @Operation(
            summary = "本机构代约 Bookings that the calling partner made",
            description =
                    "The newest first, with what became of them, whoever cancelled them since. A booking that somebody else"
                            + " moved is CANCELLED here; its new one is not the partner's. Scope appointments:write. Audited.")
    @APIResponse(responseCode = "200", description = "One page of bookings")
    @APIResponse(responseCode = "403", description = "The scope is missing")
    public Uni<Page<AppointmentView>> made(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return appointments.byPartner(limit, cursor);
    }
}
