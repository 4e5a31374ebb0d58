package cn.kangka.api.traffic;

import cn.kangka.api.account.Callers;
import cn.kangka.api.platform.Refusals;
import cn.kangka.api.traffic.TrafficClient.Query;
import cn.kangka.api.traffic.TrafficClient.Reason;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Passes questions on to the index in the name of whoever asks; the index audits them. */
@ApplicationScoped
public class TrafficDesk {
    private static final String EMPI = "empi";

    private final Callers callers;
    private final TrafficClient empi;

    TrafficDesk(Callers callers, @RestClient TrafficClient empi) {
        this.callers = callers;
        this.empi = empi;
    }

    Uni<JsonNode> list(Query query, int limit, String cursor) {
        return Refusals.orUnavailable(EMPI, empi.list(query, limit, cursor));
    }

    Uni<JsonNode> read(UUID id) {
        return Refusals.orUnavailable(EMPI, empi.read(id));
    }

    Uni<JsonNode> act(UUID id, String act, String reason) {
        return Refusals.orUnavailable(EMPI, empi.act(id, act, because(reason)));
    }

    Uni<JsonNode> again(Query query, String reason) {
        return Refusals.orUnavailable(EMPI, empi.again(query, because(reason)));
    }

    Uni<JsonNode> live() {
        return Refusals.orUnavailable(EMPI, empi.live());
    }

    Uni<JsonNode> waiting(String destination) {
        return Refusals.orUnavailable(EMPI, empi.waiting(destination));
    }

    Uni<JsonNode> resumeAll(String destination, String reason) {
        return Refusals.orUnavailable(EMPI, empi.resumeAll(destination, because(reason)));
    }

    Uni<JsonNode> reconciliations(String source, int limit) {
        return Refusals.orUnavailable(EMPI, empi.reconciliations(source, limit));
    }

    Uni<JsonNode> reconcile(String source) {
        return Refusals.orUnavailable(EMPI, empi.reconcile(new TrafficClient.Comparison(source, callers.actor())));
    }

    Uni<JsonNode> differences(UUID id, int limit, String cursor) {
        return Refusals.orUnavailable(EMPI, empi.differences(id, limit, cursor));
    }

    private Reason because(String reason) {
        return new Reason(callers.actor(), reason);
    }
}
