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

/** What the home screen asks of notification, with the citizen's own token. */
@RegisterRestClient(configKey = "notification")
@Path("/v1/me/inbox")
interface NotificationClient {
    @GET
    @Path("/unread")
    @Timeout(800)
    @CircuitBreaker(skipOn = PartRefused.class, delay = 2000)
    Uni<Unread> unread(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);

    @ClientExceptionMapper
    static RuntimeException refused(Response response) {
        return PartRefused.of(response);
    }
}
