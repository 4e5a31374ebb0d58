package cn.kangka.api.traffic;

import cn.kangka.kit.page.Limits;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** What hospitals have of their patients, compared with what they were told; for integration staff. */
@Path("/v1/reconciliations")
@RolesAllowed("integration")
@Tag(name = "Hospital link")
public class ReconciliationResource {
    private final TrafficDesk desk;

    ReconciliationResource(TrafficDesk desk) {
        this.desk = desk;
    }

    @Schema(name = "ReconciliationWish", description = "Which hospital")
    record Wish(@NotBlank @Size(max = 100) String source) {}

    @GET
    @Operation(
            summary = "对账列表 · The latest comparisons, newest first",
            description = "source, startedAt, finishedAt, asked, agreed, and others by kind: DIFFERS, UNKNOWN, REFUSED,"
                    + " UNANSWERED.")
    @APIResponse(responseCode = "200", description = "Of one hospital, or of all")
    public Uni<JsonNode> list(
            @QueryParam("source") @Size(max = 100) String source,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit) {
        return desk.reconciliations(source, limit);
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "开始对账 · Compare what a hospital has of its patients with what it was told",
            description = "What differs or is unknown there is sent at once (A31).")
    @APIResponse(responseCode = "201", description = "It goes on by itself")
    @APIResponse(responseCode = "422", description = "No such hospital, or one that cannot be asked")
    @APIResponse(responseCode = "409", description = "reconciliation-open")
    public Uni<JsonNode> begin(@NotNull @Valid Wish wish) {
        return desk.reconcile(wish.source());
    }

    @GET
    @Path("{id}/differences")
    @Operation(
            summary = "差异明细 · Charts that differ, by field",
            description = "identity, person, kind, fields, told; never values.")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "404", description = "No such comparison")
    public Uni<JsonNode> differences(
            @PathParam("id") UUID id,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return desk.differences(id, limit, cursor);
    }
}
