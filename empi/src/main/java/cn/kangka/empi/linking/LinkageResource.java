package cn.kangka.empi.linking;

import cn.kangka.empi.linking.Difference.Verdict;
import cn.kangka.empi.linking.LinkageViews.Pair;
import cn.kangka.kit.page.Cursor;
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

/** The linkage models in use. */
@Path("/v1/linkage")
@RolesAllowed({"registrar", "integration", "admin"})
@Tag(name = "linkage")
public class LinkageResource {
    private final LinkageReport report;

    public LinkageResource(LinkageReport report) {
        this.report = report;
    }

    /** The models in use. */
    @GET
    @Path("/models")
    @Operation(summary = "匹配模型 · The model that decides, the one that watches, and how much they differ")
    @APIResponse(responseCode = "200", description = "shadow is null when nobody watches")
    public Uni<LinkageViews.Models> models() {
        return report.models();
    }

    /** What the shadow would do otherwise. */
    @GET
    @Path("/differences")
    @Operation(
            summary = "影子模型差异 · Pairs that the shadow would join, part, ask about anew, or no longer ask about; masked")
    @APIResponse(responseCode = "200", description = "A page, the last found first; empty without a shadow")
    public Uni<Page<Pair>> differences(
            @QueryParam("verdict") @DefaultValue("JOIN") Verdict verdict,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return report.differences(verdict, limit, Cursor.decode(cursor));
    }
}
