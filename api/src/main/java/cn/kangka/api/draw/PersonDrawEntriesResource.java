package cn.kangka.api.draw;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where agents see which draws the person on the phone takes part in. */
@Path("/v1/persons/{id}/draw-entries")
@Tag(name = "Draws")
public class PersonDrawEntriesResource {
    private final DrawEntries entries;

    PersonDrawEntriesResource(DrawEntries entries) {
        this.entries = entries;
    }

    @GET
    @RolesAllowed({"agent", "supervisor"})
    @Operation(summary = "某人的摇号 A person's entries in draws, for agents", description = "Audited.")
    @APIResponse(responseCode = "200", description = "One page of entries, the newest first")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    public Uni<Page<DrawEntryView>> ofPerson(
            @PathParam("id") UUID person,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return entries.ofPerson(person, limit, cursor);
    }
}
