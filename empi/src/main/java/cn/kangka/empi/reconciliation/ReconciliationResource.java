package cn.kangka.empi.reconciliation;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.page.TextCursor;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** What hospitals have of their patients, for integration staff. */
@Path("/v1/reconciliations")
@RolesAllowed({"service", "integration"})
@Tag(name = "reconciliations")
public class ReconciliationResource {
    private final Reconciliations reconciliations;

    ReconciliationResource(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
    }

    record Wish(
            @NotBlank @Size(max = 100) String source,
            @NotBlank @Size(max = 100) String by) {}

    /** Begins a comparison. */
    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "开始对账 · Compare what a hospital has of its patients with what it was told",
            description = "Chart by chart by QBP^Q22; what differs or is unknown there is sent at once (A31). Audited.")
    @APIResponse(responseCode = "201", description = "It goes on by itself")
    @APIResponse(responseCode = "409", description = "reconciliation-open: one of that hospital is not finished")
    @APIResponse(responseCode = "422", description = "No such hospital, or one that cannot be asked")
    public Uni<Report> begin(@NotNull @Valid Wish wish) {
        return reconciliations.begin(wish.source(), wish.by());
    }

    /** The latest. */
    @GET
    @Operation(summary = "对账列表 · The latest comparisons, newest first")
    @APIResponse(responseCode = "200", description = "Of one hospital, or of all")
    public Uni<List<Report>> list(
            @QueryParam("source") @Size(max = 100) String source,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit) {
        return reconciliations.reports(source, limit);
    }

    /** One. */
    @GET
    @Path("{id}")
    @Operation(summary = "对账报告 · One comparison: how many agree, differ, are unknown, refused, unanswered")
    @APIResponse(responseCode = "200", description = "The report so far")
    @APIResponse(responseCode = "404", description = "No such comparison")
    public Uni<Report> report(@PathParam("id") UUID id) {
        return reconciliations.report(id);
    }

    /** What differs. */
    @GET
    @Path("{id}/differences")
    @Operation(summary = "差异明细 · Charts that differ, by field; never their values")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "404", description = "No such comparison")
    public Uni<Page<Difference>> differences(
            @PathParam("id") UUID id,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return reconciliations.differences(id, limit, TextCursor.decode(cursor));
    }
}
