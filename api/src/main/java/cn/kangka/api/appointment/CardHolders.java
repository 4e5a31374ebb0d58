package cn.kangka.api.appointment;

import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Finds the person by the dynamic code of their card. */
@ApplicationScoped
class CardHolders {
    private static final String SCENE = "REGISTRATION";

    private final CardCodeClient client;

    CardHolders(@RestClient CardCodeClient client) {
        this.client = client;
    }

    /**
     * Whose code it is; uses it up.
     *
     * @return fails with 409 {@code card-code-refused} when it is unknown, used or expired or the card is not good, 503
     *     when the index does not answer
     */
    Uni<UUID> holderOf(String code, String hospital, String client) {
        return this.client
                .verify(new CardCodeClient.Question(code, SCENE, hospital, client))
                .onFailure()
                .transform(CardHolders::refusal)
                .map(CardCodeClient.Holder::person);
    }

    private static HttpProblem refusal(Throwable failure) {
        boolean said = failure instanceof WebApplicationException answer
                && answer.getResponse().getStatus() < 500;
        return said
                ? Problems.refused("card-code-refused", "appointment.card-code", null)
                : Problems.of(503, "unavailable");
    }
}
