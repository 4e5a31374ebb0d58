package cn.kangka.notification.template;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Templates over HTTP, for editors. */
@Path("/v1/templates")
@Tag(name = "Templates")
public class TemplateResource {
    private static final String NAME = "[a-z][a-z0-9-]{1,63}";
    private static final String VERSION = "\"[0-9]{1,9}\"";

    /** What an editor saves. */
    public record Edit(@NotNull Map<String, Texts> texts) {}

    private final TemplateService templates;

    TemplateResource(TemplateService templates) {
        this.templates = templates;
    }

    @GET
    @RolesAllowed({"editor", "admin", "auditor", "service"})
    @Operation(summary = "List templates", description = "The newest version of each")
    @APIResponse(responseCode = "200", description = "A page of templates")
    public Uni<Page<TemplateView>> list(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return templates.list(limit, cursor);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"editor", "admin", "auditor", "service"})
    @Operation(summary = "Read a template", description = "The newest version, with its version as ETag")
    @APIResponse(responseCode = "200", description = "The template")
    @APIResponse(responseCode = "404", description = "No such template")
    public Uni<Response> find(@PathParam("id") String id) {
        return templates.find(id).map(TemplateResource::answer);
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({"editor", "admin"})
    @Operation(
            summary = "Save a template",
            description = "Adds a version; notices accepted before keep theirs. Both languages are mandatory. If-Match"
                    + " with the ETag that was read guards against overwriting somebody else's change")
    @APIResponse(responseCode = "200", description = "The saved version")
    @APIResponse(responseCode = "412", description = "Somebody saved another version meanwhile")
    @APIResponse(
            responseCode = "422",
            description = "A push or SMS text uses a parameter that could hold a diagnosis, department, result, name or"
                    + " id; or a text is missing, too long or no template. Every field is named")
    public Uni<Response> save(
            @PathParam("id") @Pattern(regexp = NAME) String id,
            @HeaderParam("If-Match") @Pattern(regexp = VERSION) String seen,
            @NotNull @Valid Edit edit,
            @Context SecurityContext caller) {
        Integer version = seen == null ? null : Integer.valueOf(seen.substring(1, seen.length() - 1));
        return templates
                .save(id, edit.texts(), caller.getUserPrincipal().getName(), version)
                .map(TemplateResource::answer);
    }

    private static Response answer(TemplateView template) {
        return Response.ok(template).tag(Integer.toString(template.version())).build();
    }
}
