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
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where partners see whom they entered in draws. */
@Path("/v1/partner/draw-entries")
@Tag(name = "Draws")
public class PartnerDrawEntriesResource {
    private final DrawEntries entries;

    PartnerDrawEntriesResource(DrawEntries entries) {
        this.entries = entries;
    }

    @GET
    @RolesAllowed("partner")
    @Operation(
            summary = "本机构代摇号 Entries in draws that the calling partner made",
            description =
                    "The newest first, with what came of them: appointment is the booking of a unit that was won, which is the"
                            + " partner's too. Scope appointments:write. Audited.")
    @APIResponse(responseCode = "200", description = "One page of entries")
    @APIResponse(responseCode = "403", description = "The scope is missing")
    public Uni<Page<DrawEntryView>> made(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return entries.byPartner(limit, cursor);
    }
}
