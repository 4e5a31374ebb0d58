package cn.kangka.api.platform;

import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.jboss.logging.Logger;

/**
 * A neighbour's refusals (4xx problem+json) as our own, and its silence as 503. A client registers this class and tells
 * its retry and circuit breaker that a {@link HttpProblem} is an answer, not a failure.
 */
public class Refusals implements ResponseExceptionMapper<HttpProblem> {
    private static final Logger LOG = Logger.getLogger(Refusals.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RETRY_SECONDS = 5;

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        return status >= 400 && status < 500 && status != 401 && status != 408 && status != 429;
    }

    @Override
    public HttpProblem toThrowable(Response response) {
        Map<String, Object> members = new LinkedHashMap<>();
        JsonNode problem = read(response);
        for (String member : new String[] {"rule", "liftsAt"}) {
            if (problem.hasNonNull(member)) {
                members.put(member, problem.get(member).asText());
            }
        }
        return Problems.rebuilt(response.getStatus(), type(problem), members, Map.of());
    }

    /** The neighbour's answer or refusal; 503 {@code unavailable} when it gives neither. */
    public static <T> Uni<T> orUnavailable(String neighbour, Uni<T> call) {
        return call.onFailure(failure -> !(failure instanceof HttpProblem)).transform(failure -> {
            LOG.warnf("%s does not answer: %s", neighbour, failure.getClass().getSimpleName());
            return Problems.builder(503, "unavailable")
                    .withHeader("Retry-After", RETRY_SECONDS)
                    .build();
        });
    }

    private static String type(JsonNode problem) {
        String type = problem.path("type").asText("");
        int name = type.lastIndexOf("/problems/");
        return name < 0 ? "" : type.substring(name);
    }

    private static JsonNode read(Response response) {
        String body = response.readEntity(String.class);
        try {
            JsonNode node = body == null ? null : JSON.readTree(body);
            return node == null ? JSON.createObjectNode() : node;
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
