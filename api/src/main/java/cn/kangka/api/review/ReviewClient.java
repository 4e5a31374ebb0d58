package cn.kangka.api.review;

import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.token.CallAs;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The index, which owns the queue. Reading is asked again; a decision is not. */
@Path("/v1/reviews")
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
@RegisterProvider(Refusals.class)
interface ReviewClient {
    record Reader(String by) {}

    record Decision(String decision, String reason, int seconds, String by) {
        @Override
        public String toString() {
            return "a decision";
        }
    }

    @GET
    @Timeout(3_000)
    @Retry(maxRetries = 2, delay = 50, jitter = 25, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> list(
            @QueryParam("state") String state,
            @QueryParam("order") String order,
            @QueryParam("limit") int limit,
            @QueryParam("cursor") String cursor);

    @GET
    @Path("/statistics")
    @Timeout(3_000)
    @Retry(maxRetries = 2, delay = 50, jitter = 25, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> statistics();

    @POST
    @Path("/{id}/read")
    @Timeout(3_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> read(@PathParam("id") UUID id, Reader reader);

    @POST
    @Path("/{id}/decision")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> decide(@PathParam("id") UUID id, Decision decision);

    @POST
    @Path("/{id}/undo")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> undo(@PathParam("id") UUID id, Reader who);
}
