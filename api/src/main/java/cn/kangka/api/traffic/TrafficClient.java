package cn.kangka.api.traffic;

import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.token.CallAs;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The index, which owns the message log. */
@Path("/v1")
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
@RegisterProvider(Refusals.class)
interface TrafficClient {
    /** Why, and who asks; both are in the index's access log. */
    record Reason(String by, String reason) {}

    /** Which messages, as they were asked for; fields, because a client's parameters cannot be a record. */
    class Query {
        @QueryParam("direction")
        public String direction;

        @QueryParam("source")
        public String source;

        @QueryParam("code")
        public String code;

        @QueryParam("trigger")
        public String trigger;

        @QueryParam("state")
        public List<String> states;

        @QueryParam("person")
        public UUID person;

        @QueryParam("control")
        public String control;

        @QueryParam("from")
        public String from;

        @QueryParam("until")
        public String until;
    }

    @GET
    @Path("/messages")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> list(@BeanParam Query query, @QueryParam("limit") int limit, @QueryParam("cursor") String cursor);

    @GET
    @Path("/messages/{id}")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> read(@PathParam("id") UUID id);

    @POST
    @Path("/messages/{id}/{act}")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> act(@PathParam("id") UUID id, @PathParam("act") String act, Reason reason);

    @POST
    @Path("/messages/replay")
    @Timeout(15_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> again(@BeanParam Query query, Reason reason);

    @GET
    @Path("/traffic")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> live();

    @GET
    @Path("/traffic/waiting")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> waiting(@QueryParam("destination") String destination);

    @POST
    @Path("/traffic/resume")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> resumeAll(@QueryParam("destination") String destination, Reason reason);

    /** A comparison with one hospital. */
    record Comparison(String source, String by) {}

    @GET
    @Path("/reconciliations")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> reconciliations(@QueryParam("source") String source, @QueryParam("limit") int limit);

    @POST
    @Path("/reconciliations")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> reconcile(Comparison comparison);

    @GET
    @Path("/reconciliations/{id}/differences")
    @Timeout(5_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<JsonNode> differences(
            @PathParam("id") UUID id, @QueryParam("limit") int limit, @QueryParam("cursor") String cursor);
}
