package cn.kangka.api.record;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.ProblemTexts;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.Cache;

/** A citizen's reports. */
@Path("/v1/me/reports")
@RolesAllowed("citizen")
@Tag(name = "Record", description = "Reports of every hospital, by the citizen they are about (level 2)")
@Cache(noStore = true, isPrivate = true)
public class ReportResource {
    private final Records records;

    ReportResource(Records records) {
        this.records = records;
    }

    @GET
    @Operation(
            summary = "List my reports",
            description = "Newest first, of every hospital. Only what a rule or a clinician released. Every call is in"
                    + " the access log.")
    @APIResponse(responseCode = "200", description = "A page of reports")
    @APIResponse(responseCode = "403", description = "level-required or account-suspended")
    public Uni<Page<ReportItem>> list(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") @Size(max = 200) String cursor) {
        return records.list(cursor, limit);
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Read one of my reports",
            description = "With the trend of each value over all hospitals and the article that explains it. Every call"
                    + " is in the access log.")
    @APIResponse(responseCode = "200", description = "The report")
    @APIResponse(responseCode = "403", description = "level-required or account-suspended")
    @APIResponse(responseCode = "404", description = "No such report, not mine, or not released")
    public Uni<ReportView> read(@PathParam("id") UUID id) {
        return records.read(id, ProblemTexts.locale());
    }
}
