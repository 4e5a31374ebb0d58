package cn.kangka.empi.card;

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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** Where a person's cards were used, for the other services. */
@Path("/v1/persons/{person}/card-uses")
@RolesAllowed("service")
public class CardUseResource {
    private final Cards cards;

    public CardUseResource(Cards cards) {
        this.cards = cards;
    }

    @GET
    @Operation(summary = "用卡记录 · Uses of a person's cards, newest first")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "404", description = "No such person (not-found)")
    public Uni<Page<CardUse>> uses(
            @RestPath UUID person,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return cards.usesOf(person, limit, Cursor.decode(cursor));
    }
}
