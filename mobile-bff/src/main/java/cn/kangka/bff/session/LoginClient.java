package cn.kangka.bff.session;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** api's login. Never retried: the first attempt spends the code, or rotates the refresh token. */
@RegisterRestClient(configKey = "api")
@Path("/v1")
interface LoginClient {
    @POST
    @Path("/login")
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    @CircuitBreaker(skipOn = RefusedByApi.class, delay = 2, delayUnit = ChronoUnit.SECONDS)
    Uni<Tokens> login(
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String language,
            @HeaderParam("X-Forwarded-For") String address,
            Credentials credentials);

    @POST
    @Path("/login/refresh")
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    @CircuitBreaker(skipOn = RefusedByApi.class, delay = 2, delayUnit = ChronoUnit.SECONDS)
    Uni<Tokens> refresh(@HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String language, RefreshToken token);

    @POST
    @Path("/logout")
    @Timeout(value = 2, unit = ChronoUnit.SECONDS)
    @CircuitBreaker(skipOn = RefusedByApi.class, delay = 2, delayUnit = ChronoUnit.SECONDS)
    Uni<Void> logout(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);

    @ClientExceptionMapper
    static RuntimeException refused(Response response) {
        return new RefusedByApi(
                response.getStatus(),
                response.readEntity(String.class),
                response.getHeaderString(HttpHeaders.RETRY_AFTER));
    }
}
