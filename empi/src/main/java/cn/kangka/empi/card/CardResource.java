package cn.kangka.empi.card;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** The life of one card, for the other services. */
@Path("/v1/cards/{card}")
@RolesAllowed("service")
public class CardResource {
    private final Cards cards;

    public CardResource(Cards cards) {
        this.cards = cards;
    }

    record Report(
            @NotNull UUID person, @NotBlank @Size(max = 40) String channel) {}

    record Decision(
            @NotNull UUID person,
            @NotBlank @Size(max = 80) String by,
            @NotBlank @Size(max = 500) String reason) {}

    @POST
    @Path("/loss")
    @Operation(
            summary = "挂失 · Report a card lost",
            description = "Refused everywhere from this answer on; subscribing hospitals are told. Again: no change.")
    @APIResponse(responseCode = "200", description = "The card, LOST")
    @APIResponse(responseCode = "404", description = "No such card of that person (not-found)")
    @APIResponse(responseCode = "409", description = "Its life is over (card-change-impossible)")
    public Uni<CardView> reportLost(@RestPath UUID card, @Valid @NotNull Report report) {
        return cards.reportLost(card, report.person(), report.channel());
    }

    @POST
    @Path("/loss/lift")
    @Operation(
            summary = "解除挂失 · Lift a report of loss",
            description = "Within 15 days (setting card.lift-loss-within).")
    @APIResponse(responseCode = "200", description = "The card, ACTIVE")
    @APIResponse(responseCode = "404", description = "No such card of that person (not-found)")
    @APIResponse(responseCode = "409", description = "Too late (card-lost) or not lost (card-change-impossible)")
    public Uni<CardView> liftLoss(@RestPath UUID card, @Valid @NotNull Report report) {
        return cards.liftLoss(card, report.person(), report.channel());
    }

    @POST
    @Path("/freeze")
    @Operation(summary = "冻结 · Freeze a card by a registrar's decision")
    @APIResponse(responseCode = "200", description = "The card, FROZEN")
    @APIResponse(responseCode = "404", description = "No such card of that person (not-found)")
    @APIResponse(responseCode = "409", description = "It is not active (card-change-impossible, card-lost)")
    public Uni<CardView> freeze(@RestPath UUID card, @Valid @NotNull Decision decision) {
        return cards.decide(card, decision.person(), CardChange.FREEZE, decision.by(), decision.reason());
    }

    @POST
    @Path("/thaw")
    @Operation(summary = "解冻 · Thaw a frozen card by a registrar's decision")
    @APIResponse(responseCode = "200", description = "The card, ACTIVE")
    @APIResponse(responseCode = "404", description = "No such card of that person (not-found)")
    @APIResponse(responseCode = "409", description = "It is not frozen (card-change-impossible, card-lost)")
    public Uni<CardView> thaw(@RestPath UUID card, @Valid @NotNull Decision decision) {
        return cards.decide(card, decision.person(), CardChange.THAW, decision.by(), decision.reason());
    }
}
