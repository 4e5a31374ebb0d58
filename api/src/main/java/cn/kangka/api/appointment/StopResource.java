package cn.kangka.api.appointment;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Where clinics are stopped, and who still has to be told. */
@Path("/v1/stops")
@Tag(name = "Stops", description = "停诊 Stops of clinics")
public class StopResource {
    private static final int CREATED = 201;

    private final ClinicStops stops;

    StopResource(ClinicStops stops) {
        this.stops = stops;
    }

    @POST
    @ResponseStatus(CREATED)
    @RolesAllowed({"supervisor", "hospital"})
    @Operation(
            summary = "停诊 Stop clinics",
            description =
                    "In one transaction every open session that is meant is stopped: bookings are released without a mark,"
                            + " holds and waiting lists end, hospital and people are told. Then equal-grade alternatives are kept for"
                            + " them in the order in which they had booked. A hospital stops its own clinics only.")
    @APIResponse(responseCode = "201", description = "Stopped; counts of what was touched")
    @APIResponse(responseCode = "404", description = "No such hospital, or not the caller's")
    @APIResponse(responseCode = "422", description = "to lies before from")
    public Uni<StopView> stop(@NotNull @Valid StopRequest request) {
        return stops.stop(request);
    }

    @POST
    @Path("preview")
    @RolesAllowed({"supervisor", "hospital"})
    @Operation(summary = "停诊预览 What a stop would touch", description = "Changes nothing.")
    @APIResponse(responseCode = "200", description = "Counts")
    @APIResponse(responseCode = "404", description = "No such hospital, or not the caller's")
    public Uni<StopView.Preview> preview(@NotNull @Valid StopRequest request) {
        return stops.preview(request);
    }

    @GET
    @RolesAllowed({"agent", "supervisor", "hospital"})
    @Operation(summary = "停诊列表 Stops", description = "The newest first; a hospital sees its own.")
    @APIResponse(responseCode = "200", description = "One page")
    public Uni<Page<StopView>> list(
            @QueryParam("hospital") String hospital,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return stops.list(hospital, limit, cursor);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"agent", "supervisor"})
    @Operation(summary = "一次停诊 One stop", description = "With who has read the notice by now.")
    @APIResponse(responseCode = "200", description = "The stop")
    @APIResponse(responseCode = "404", description = "No such stop")
    public Uni<StopView> one(@PathParam("id") UUID id) {
        return stops.one(id);
    }

    @GET
    @Path("{id}/people")
    @RolesAllowed({"agent", "supervisor"})
    @Operation(
            summary = "停诊涉及的人 A stop's people",
            description = "In order of booking; without names. uninformed=true is the list of whom to ring.")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "404", description = "No such stop")
    public Uni<Page<StopView.Affected>> people(
            @PathParam("id") UUID id,
            @QueryParam("uninformed") @DefaultValue("false") boolean uninformed,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @Parameter(description = "the place after which to go on") @QueryParam("cursor") @DefaultValue("0") @Min(0)
                    int cursor) {
        return stops.people(id, uninformed, limit, cursor);
    }

    @POST
    @Path("{id}/people/{appointment}/contact")
    @RolesAllowed({"agent", "supervisor"})
    @Operation(summary = "联系方式 Whom to ring", description = "Name and phone; audited, and the person can read it.")
    @APIResponse(responseCode = "200", description = "Name and phone")
    @APIResponse(responseCode = "404", description = "Not of this stop")
    public Uni<StopView.Contact> contact(@PathParam("id") UUID id, @PathParam("appointment") UUID appointment) {
        return stops.contact(id, appointment);
    }

    @POST
    @Path("{id}/people/{appointment}/informed")
    @RolesAllowed({"agent", "supervisor"})
    @Operation(summary = "已告知 They were told", description = "The first time counts.")
    @APIResponse(responseCode = "204", description = "Noted")
    @APIResponse(responseCode = "404", description = "Not of this stop")
    public Uni<Void> informed(@PathParam("id") UUID id, @PathParam("appointment") UUID appointment) {
        return stops.informed(id, appointment);
    }
}
