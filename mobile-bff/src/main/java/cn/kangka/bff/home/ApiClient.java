package cn.kangka.bff.home;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What the home screen asks of api, with the citizen's own token. A part that is late is left out, so no retries. */
@RegisterRestClient(configKey = "api")
@Path("/v1/me")
interface ApiClient {
    @GET
    @Path("/summary")
    @Timeout(800)
    @CircuitBreaker(skipOn = PartRefused.class, delay = 2000)
    Uni<Summary> summary(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String language);

    @GET
    @Path("/cards")
    @Timeout(800)
    @CircuitBreaker(skipOn = PartRefused.class, delay = 2000)
    Uni<Cards> cards(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String language);

    @ClientExceptionMapper
    static RuntimeException refused(Response response) {
        return PartRefused.of(response);
    }
}
