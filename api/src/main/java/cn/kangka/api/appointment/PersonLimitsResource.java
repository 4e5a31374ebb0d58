package cn.kangka.api.appointment;

import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where agents see why the person on the phone cannot book. */
@Path("/v1/persons/{id}/booking-limits")
@Tag(name = "Booking")
public class PersonLimitsResource {
    private final BookingLimits limits;

    PersonLimitsResource(BookingLimits limits) {
        this.limits = limits;
    }

    @GET
    @RolesAllowed({"agent", "supervisor"})
    @Operation(
            summary = "某人为什么不能预约 Why a person can't book, for agents",
            description = "Every rule, the narrowest first, with what it counts and when it lifts, as"
                    + " GET /v1/me/booking-limits tells the person. Audited.")
    @APIResponse(responseCode = "200", description = "All rules; there is no next page")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    @APIResponse(responseCode = "404", description = "No such slot")
    @APIResponse(responseCode = "422", description = "The slot is no id")
    public Uni<Page<LimitView>> ofPerson(
            @PathParam("id") UUID person,
            @Parameter(description = "judge a booking of this slot; without it, one of today") @QueryParam("slot")
                    String slot) {
        return limits.ofPerson(person, slot);
    }
}
