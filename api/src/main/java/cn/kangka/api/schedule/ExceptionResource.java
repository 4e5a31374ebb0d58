package cn.kangka.api.schedule;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is otherwise on some days. */
@Path("/v1/schedule-exceptions")
@RolesAllowed({"supervisor", "hospital", "clerk"})
@Tag(name = "Schedules")
public class ExceptionResource {
    private final ScheduleExceptions exceptions;

    ExceptionResource(ScheduleExceptions exceptions) {
        this.exceptions = exceptions;
    }

    @GET
    @Operation(
            summary = "排班例外 List exceptions",
            description = "Of one hospital, by day, from a day on (default today).")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "404", description = "No such hospital, or not the caller's")
    public Uni<Page<ExceptionView>> list(
            @QueryParam("hospital") String hospital,
            @QueryParam("from") LocalDate from,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return exceptions.list(hospital, from, limit, cursor);
    }

    @PUT
    @Path("{id}")
    @Operation(
            summary = "保存排班例外 Save an exception",
            description =
                    "The id is the caller's choice (a UUID). CLOSED: half, department and doctor say what, nothing means"
                            + " all. SWAP (调休): the day is worked as another weekday, also a holiday. EXTRA: a template besides."
                            + " OTHER_DOCTOR (替诊): a template by somebody else. Laid out within a minute; what people have booked stays"
                            + " until it is stopped; audited.")
    @APIResponse(responseCode = "200", description = "The exception")
    @APIResponse(responseCode = "404", description = "No such hospital or exception, or not the caller's")
    @APIResponse(responseCode = "422", description = "A field is missing, or does not belong to this kind")
    public Uni<ExceptionView> save(@PathParam("id") UUID id, @NotNull @Valid ExceptionView.Request request) {
        return exceptions.save(id, request);
    }

    @POST
    @Path("{id}/preview")
    @Operation(
            summary = "试排例外 Preview an exception before it is saved",
            description = "What laying out would do if this were saved under that id, for the days ahead that"
                    + " kangka.schedule.days-ahead says. A BOOKED conflict is a session that people have booked: stop it by"
                    + " POST /v1/stops. Saves nothing.")
    @APIResponse(responseCode = "200", description = "The first 200 sessions, counts of all, every conflict")
    @APIResponse(responseCode = "404", description = "No such hospital, or not the caller's")
    @APIResponse(responseCode = "422", description = "A field is missing, or does not belong to this kind")
    public Uni<LayoutView> preview(@PathParam("id") UUID id, @NotNull @Valid ExceptionView.Request request) {
        return exceptions.preview(id, request);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "删除排班例外 Remove an exception", description = "The day is as the templates say again; audited.")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "No such exception, or not the caller's")
    public Uni<Void> remove(
            @PathParam("id") UUID id,
            @Parameter(description = "a supervisor must name it") @QueryParam("hospital") String hospital) {
        return exceptions.remove(id, hospital);
    }
}
