package cn.kangka.api.review;

import cn.kangka.api.account.Callers;
import cn.kangka.api.platform.Refusals;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Passes a registrar's questions and decisions on to the index, in the registrar's own name; the index audits them. */
@ApplicationScoped
public class ReviewDesk {
    private static final String EMPI = "empi";

    private final Callers callers;
    private final ReviewClient empi;

    ReviewDesk(Callers callers, @RestClient ReviewClient empi) {
        this.callers = callers;
        this.empi = empi;
    }

    Uni<JsonNode> list(String state, String order, int limit, String cursor) {
        return Refusals.orUnavailable(EMPI, empi.list(state, order, limit, cursor));
    }

    Uni<JsonNode> statistics() {
        return Refusals.orUnavailable(EMPI, empi.statistics());
    }

    Uni<JsonNode> read(UUID id) {
        return Refusals.orUnavailable(EMPI, empi.read(id, new ReviewClient.Reader(callers.actor())));
    }

    Uni<JsonNode> decide(UUID id, String decision, String reason, int seconds) {
        return Refusals.orUnavailable(
                EMPI, empi.decide(id, new ReviewClient.Decision(decision, reason, seconds, callers.actor())));
    }

    Uni<JsonNode> undo(UUID id) {
        return Refusals.orUnavailable(EMPI, empi.undo(id, new ReviewClient.Reader(callers.actor())));
    }
}
