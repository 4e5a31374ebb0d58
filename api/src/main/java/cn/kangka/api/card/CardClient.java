package cn.kangka.api.card;

import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.token.CallAs;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** The index, which owns cards. What may happen twice without harm is asked again; a code's use is not. */
@Path("/v1")
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
@RegisterProvider(Refusals.class)
interface CardClient {
    record Cards(List<Card> items) {}

    record Wish(String channel) {}

    record Holder(UUID person) {}

    record Loss(UUID person, String channel) {}

    record Scan(String code, Scene scene, String source, String terminal) {
        @Override
        public String toString() {
            return "a scan";
        }
    }

    @GET
    @Path("/persons/{person}/cards")
    @Timeout(2_000)
    @Retry(maxRetries = 2, delay = 50, jitter = 25, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<Cards> list(@PathParam("person") UUID person);

    @POST
    @Path("/persons/{person}/cards")
    @Timeout(2_000)
    @Retry(maxRetries = 2, delay = 50, jitter = 25, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<RestResponse<Card>> apply(@PathParam("person") UUID person, Wish wish);

    @POST
    @Path("/cards/{card}/codes")
    @Timeout(2_000)
    @Retry(maxRetries = 1, delay = 50, jitter = 25, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<CardCode> code(@PathParam("card") UUID card, Holder holder);

    @POST
    @Path("/cards/{card}/loss")
    @Timeout(2_000)
    @Retry(maxRetries = 2, delay = 50, jitter = 25, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<Card> lose(@PathParam("card") UUID card, Loss loss);

    @POST
    @Path("/card-codes/verify")
    @Timeout(2_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<VerifiedCard> verify(Scan scan);

    @GET
    @Path("/persons/{person}/card-uses")
    @Timeout(2_000)
    @Retry(maxRetries = 2, delay = 50, jitter = 25, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<Page<CardUse>> uses(
            @PathParam("person") UUID person, @QueryParam("limit") int limit, @QueryParam("cursor") String cursor);
}
