package cn.kangka.api.schedule;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What templates and exceptions mean. */
@Path("/v1/schedule-templates/preview")
@RolesAllowed({"supervisor", "hospital", "clerk"})
@Tag(name = "Schedules")
public class SchedulePreviewResource {
    private final ScheduleLayout layout;

    SchedulePreviewResource(ScheduleLayout layout) {
        this.layout = layout;
    }

    @GET
    @Operation(
            summary = "排班预览 Preview",
            description =
                    "Which sessions the templates and exceptions mean, how many of them are not there yet or would be"
                            + " closed, and what stays as it is: sessions that people have booked (stop them by POST /v1/stops) or"
                            + " that the hospital published itself. Changes nothing; at most 93 days.")
    @APIResponse(responseCode = "200", description = "The first 200 sessions, counts of all, every conflict")
    @APIResponse(responseCode = "404", description = "No such hospital, or not the caller's")
    @APIResponse(responseCode = "422", description = "An impossible period")
    public Uni<LayoutView> preview(
            @QueryParam("hospital") String hospital,
            @Parameter(description = "default tomorrow") @QueryParam("from") LocalDate from,
            @QueryParam("to") LocalDate to) {
        return layout.preview(hospital, from, to);
    }
}
