package cn.kangka.api.appointment;

import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a person learns why they cannot book. */
@Path("/v1/me/booking-limits")
@Tag(name = "Booking")
public class BookingLimitsResource {
    private final BookingLimits limits;

    BookingLimitsResource(BookingLimits limits) {
        this.limits = limits;
    }

    @GET
    @RolesAllowed("citizen")
    @Operation(
            summary = "为什么不能预约 Why can't I book",
            description = "Every rule, the narrowest first, with what it counts and when it lifts.")
    @APIResponse(responseCode = "200", description = "All rules")
    @APIResponse(responseCode = "404", description = "No such slot, or nobody for whom the caller books")
    public Uni<Page<LimitView>> mine(
            @Parameter(description = "judge a booking of this slot; without it, one of today") @QueryParam("slot")
                    String slot,
            @Parameter(description = "a dependant's; the caller's own without it") @QueryParam("personId")
                    UUID person) {
        return limits.mine(slot, person);
    }
}
