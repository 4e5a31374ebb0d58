package cn.kangka.empi.card;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Cards that a person holds, for the other services. */
@Path("/v1/persons/{person}/cards")
@RolesAllowed("service")
public class PersonCardResource {
    private final Cards cards;

    public PersonCardResource(Cards cards) {
        this.cards = cards;
    }

    record CardList(List<CardView> items) {}

    record Application(@NotBlank @Size(max = 40) String channel) {}

    @GET
    @Operation(
            summary = "个人名下的卡 · Cards of a person, oldest first",
            description =
                    "Numbers are masked. A merged-away id gives the cards of the person it leads to. A regional card that"
                            + " is LOST or FROZEN names in untold the hospitals that have not confirmed it yet.")
    @APIResponse(responseCode = "200", description = "The cards")
    @APIResponse(responseCode = "404", description = "No such person (not-found)")
    public Uni<CardList> list(@RestPath UUID person) {
        return cards.of(person).map(CardList::new);
    }

    @POST
    @Operation(
            summary = "申领健康卡 · Apply for the regional card",
            description = "The present card when there is one that is not lost; a lost one is replaced.")
    @APIResponse(responseCode = "201", description = "A new card")
    @APIResponse(responseCode = "200", description = "The card that the person has")
    @APIResponse(responseCode = "404", description = "No such person (not-found)")
    public Uni<RestResponse<CardView>> apply(@RestPath UUID person, @Valid @NotNull Application application) {
        return cards.apply(person, application.channel())
                .map(applied -> RestResponse.status(
                        applied.fresh() ? RestResponse.Status.CREATED : RestResponse.Status.OK, applied.card()));
    }
}
