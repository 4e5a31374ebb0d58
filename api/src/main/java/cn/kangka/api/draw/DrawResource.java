package cn.kangka.api.draw;

import cn.kangka.api.draw.DrawView.Listed;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
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

/** The public record of a draw. */
@Path("/v1/draws")
@Tag(name = "Draws", description = "摇号 Units of scarce sessions, given by lot")
public class DrawResource {
    /** More than other lists: who computes a draw anew reads all of it. */
    private static final int MOST = 2_000;

    private final Draws draws;

    DrawResource(Draws draws) {
        this.draws = draws;
    }

    @GET
    @Path("{id}")
    @PermitAll
    @Operation(
            summary = "摇号公示 The record of a draw",
            description =
                    "Public. The commitment is there before anybody can enter, the digest of the list when the window has"
                            + " closed, the seed from the draw on; algorithm says how anybody computes the order from them.")
    @APIResponse(responseCode = "200", description = "The draw; its id is the session's")
    @APIResponse(responseCode = "404", description = "No such draw")
    public Uni<DrawView> draw(@PathParam("id") UUID id) {
        return draws.find(id);
    }

    @GET
    @Path("{id}/entries")
    @PermitAll
    @Operation(
            summary = "摇号名单 The list of a draw",
            description =
                    "Public, without anything of anybody: an entry's id is random and known only to whom it belongs to."
                            + " Empty while the window is open; by id until the draw, by rank from then on.")
    @APIResponse(responseCode = "200", description = "One page of entries with their ranks and outcomes")
    @APIResponse(responseCode = "404", description = "No such draw")
    public Uni<Page<Listed>> entries(
            @PathParam("id") UUID id,
            @QueryParam("limit") @DefaultValue("200") @Min(1) @Max(MOST) int limit,
            @QueryParam("cursor") String cursor) {
        return draws.list(id, limit, cursor);
    }
}
