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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Where hospitals hand in what they have booked, and both sides read what differed. */
@Path("/v1/booking-reconciliations")
@Tag(name = "Reconciliation", description = "预约对账 Reconciliation of bookings with hospitals")
public class ReconciliationResource {
    private static final int CREATED = 201;

    private final Reconciliation reconciliation;

    ReconciliationResource(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @POST
    @ResponseStatus(CREATED)
    @RolesAllowed("hospital")
    @Operation(
            summary = "对账 Compare a day's bookings",
            description =
                    "The hospital lists all bookings of the region that it has for a visit day, at most 20,000. What is"
                            + " certain is mended: what it lacks is ordered again, what it still has is taken back again, who arrived is"
                            + " checked in (today and before). What changed here after listedAt, or what the hospital has not answered yet, is"
                            + " not compared. The answer, kept as a report, tells every difference. Meant to run every night for"
                            + " the days ahead; the same list again changes nothing that agrees.")
    @APIResponse(responseCode = "201", description = "The report, with the first 200 differences")
    @APIResponse(responseCode = "400", description = "A field breaks its rule")
    @APIResponse(responseCode = "404", description = "A hospital that the client does not speak for")
    @APIResponse(
            responseCode = "422",
            description = "A booking twice, a time to come, or no hospital named by a client of several")
    public Uni<ReconciliationView> compare(@NotNull @Valid ReconciliationRequest request) {
        return reconciliation.compare(request);
    }

    @GET
    @RolesAllowed({"hospital", "supervisor", "integration"})
    @Operation(
            summary = "对账记录 Reports",
            description = "The newest first, without differences; a hospital sees its own.")
    @APIResponse(responseCode = "200", description = "One page")
    public Uni<Page<ReconciliationView>> list(
            @QueryParam("hospital") String hospital,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return reconciliation.list(hospital, limit, cursor);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"hospital", "supervisor", "integration"})
    @Operation(summary = "一次对账 One report", description = "With the first 200 differences.")
    @APIResponse(responseCode = "200", description = "The report")
    @APIResponse(responseCode = "404", description = "No such report, or another hospital's")
    public Uni<ReconciliationView> one(@PathParam("id") UUID id) {
        return reconciliation.one(id);
    }
}
