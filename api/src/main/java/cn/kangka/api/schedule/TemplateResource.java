package cn.kangka.api.schedule;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is repeated every week, for hospitals without a scheduling system. */
@Path("/v1/schedule-templates")
@RolesAllowed({"supervisor", "hospital", "clerk"})
@Tag(name = "Schedules", description = "排班 Schedules of hospitals without a scheduling system")
public class TemplateResource {
    private static final String VERSION = "\"\\d{1,18}\"";

    private final ScheduleTemplates templates;

    TemplateResource(ScheduleTemplates templates) {
        this.templates = templates;
    }

    @GET
    @Operation(summary = "排班模板 List templates", description = "Of one hospital; its own client need not name it.")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "404", description = "No such hospital, or not the caller's")
    public Uni<Page<TemplateView>> list(
            @QueryParam("hospital") String hospital,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return templates.list(hospital, limit, cursor);
    }

    @PUT
    @Path("{id}")
    @Operation(
            summary = "保存排班模板 Save a template",
            description =
                    "The id is the caller's choice (a UUID). Its sessions are laid out within a minute, for the days ahead that"
                            + " kangka.schedule.days-ahead says; sessions that people have booked stay as they are. If-Match"
                            + " guards against overwriting somebody else's change; audited.")
    @APIResponse(
            responseCode = "200",
            description = "The template, with an ETag",
            content = @Content(schema = @Schema(implementation = TemplateView.class)))
    @APIResponse(responseCode = "404", description = "No such hospital or template, or not the caller's")
    @APIResponse(responseCode = "412", description = "Somebody changed it meanwhile")
    @APIResponse(
            responseCode = "422",
            description = "The doctor does not work in the department, or an impossible time")
    public Uni<Response> save(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Pattern(regexp = VERSION) String seen,
            @NotNull @Valid TemplateView.Request request) {
        Long version = seen == null ? null : Long.valueOf(seen.substring(1, seen.length() - 1));
        return templates.save(id, version, request).map(saved -> Response.ok(saved)
                .tag(Long.toString(saved.version()))
                .build());
    }

    @POST
    @Path("{id}/preview")
    @Operation(
            summary = "试排 Preview a template before it is saved",
            description = "What laying out would do if this were saved under that id, for the days ahead that"
                    + " kangka.schedule.days-ahead says: as GET /v1/schedule-templates/preview answers. Saves nothing.")
    @APIResponse(responseCode = "200", description = "The first 200 sessions, counts of all, every conflict")
    @APIResponse(responseCode = "404", description = "No such hospital, or not the caller's")
    @APIResponse(
            responseCode = "422",
            description = "The doctor does not work in the department, or an impossible time")
    public Uni<LayoutView> preview(@PathParam("id") UUID id, @NotNull @Valid TemplateView.Request request) {
        return templates.preview(id, request);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "删除排班模板 Remove a template",
            description = "With its exceptions. Sessions that nobody has booked are closed within a minute; audited.")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "No such template, or not the caller's")
    public Uni<Void> remove(
            @PathParam("id") UUID id,
            @Parameter(description = "a supervisor must name it") @QueryParam("hospital") String hospital) {
        return templates.remove(id, hospital);
    }
}
