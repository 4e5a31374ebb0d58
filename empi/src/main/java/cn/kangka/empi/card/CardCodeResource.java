package cn.kangka.empi.card;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Dynamic codes of the regional card. */
@Path("/v1/cards/{card}/codes")
@RolesAllowed("service")
public class CardCodeResource {
    private final CardCodes codes;

    public CardCodeResource(CardCodes codes) {
        this.codes = codes;
    }

    record Request(@NotNull UUID person) {}

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "动态二维码 · A dynamic code for the card's QR",
            description = "Opaque, valid 60 s and 15 s of grace (settings), good for one use.")
    @APIResponse(responseCode = "201", description = "The code")
    @APIResponse(responseCode = "404", description = "No such card of that person (not-found)")
    @APIResponse(responseCode = "409", description = "card-not-active, card-without-codes (hospital cards)")
    public Uni<CardCodes.Issued> issue(@RestPath UUID card, @Valid @NotNull Request request) {
        return codes.issue(card, request.person());
    }
}
