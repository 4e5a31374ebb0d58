package cn.kangka.api.card;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The own cards; level 2. */
@Path("/v1/me")
@RolesAllowed("citizen")
@Tag(name = "Card")
@APIResponse(responseCode = "403", description = "level-required, account-suspended")
@APIResponse(responseCode = "503", description = "unavailable: the index does not answer")
public class CardResource {
    private final Cards cards;

    CardResource(Cards cards) {
        this.cards = cards;
    }

    @GET
    @Path("/cards")
    @Operation(summary = "The own cards", description = "The regional card and those of hospitals; all on one page.")
    @APIResponse(responseCode = "200", description = "The cards")
    public Uni<Page<Card>> list() {
        return cards.list();
    }

    @POST
    @Path("/cards")
    @Operation(summary = "Apply for the regional card", description = "There is one per person.")
    @APIResponse(responseCode = "200", description = "The card there was already")
    @APIResponse(responseCode = "201", description = "A new card")
    public Uni<RestResponse<Card>> apply() {
        return cards.apply();
    }

    @POST
    @Path("/cards/{id}/code")
    @Operation(summary = "A code to show", description = "For one use within 60 s; an opaque reference, for a QR.")
    @APIResponse(responseCode = "200", description = "The code")
    @APIResponse(responseCode = "404", description = "Not a card of this person")
    @APIResponse(responseCode = "409", description = "card-not-active, card-without-codes (hospital cards)")
    public Uni<CardCode> code(@PathParam("id") UUID id) {
        return cards.code(id);
    }

    @POST
    @Path("/cards/{id}/loss")
    @Operation(summary = "Report a card lost", description = "Refused in every hospital at once.")
    @APIResponse(responseCode = "200", description = "The card, lost")
    @APIResponse(responseCode = "404", description = "Not a card of this person")
    public Uni<Card> lose(@PathParam("id") UUID id) {
        return cards.lose(id);
    }

    @GET
    @Path("/card-uses")
    @Operation(summary = "Where the cards were used", description = "Newest first.")
    @APIResponse(responseCode = "200", description = "One page")
    public Uni<Page<CardUse>> uses(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return cards.uses(limit, cursor);
    }
}
