package cn.kangka.bff.session;

import cn.kangka.kit.address.ClientAddress;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A browser's login: {@code X-Requested-With: kangka} on every call, the refresh token in a cookie. */
@Path("/session")
@PermitAll
@FromOurPage
@Tag(name = "session", description = "Login of browsers; native apps use /v1/login")
@APIResponse(responseCode = "403", description = "X-Requested-With: kangka is missing (problem cross-site)")
@APIResponse(responseCode = "503", description = "api is out of reach (problem unavailable)")
public class SessionResource {
    private final Sessions sessions;
    private final SessionConfig config;

    SessionResource(Sessions sessions, SessionConfig config) {
        this.sessions = sessions;
        this.config = config;
    }

    @POST
    @Operation(summary = "Log in by phone code", description = "Puts the refresh token into the cookie kangka_session")
    @APIResponse(responseCode = "200", description = "Logged in")
    @APIResponse(responseCode = "401", description = "Wrong or expired code; other refusals of api as they are")
    public Uni<RestResponse<Opened>> open(@NotNull @Valid Credentials credentials, @Context HttpServerRequest request) {
        return sessions.open(credentials, ClientAddress.of(request)).map(tokens -> with(request, tokens));
    }

    @POST
    @Path("/refresh")
    @Operation(summary = "Renew the access token", description = "Rotates the refresh token in the cookie")
    @APIResponse(responseCode = "200", description = "Renewed; carries the level reached meanwhile")
    @APIResponse(responseCode = "401", description = "No session, or it is over")
    public Uni<RestResponse<Opened>> renew(
            @CookieParam(SessionCookie.NAME) String token, @Context HttpServerRequest request) {
        if (token == null || token.isEmpty()) {
            throw Problems.of(401, "unauthorized");
        }
        return sessions.renew(token).map(tokens -> with(request, tokens));
    }

    @DELETE
    @Operation(summary = "Log out", description = "Ends the session and removes the cookie")
    @APIResponse(responseCode = "204", description = "Logged out")
    public Uni<RestResponse<Void>> end(
            @CookieParam(SessionCookie.NAME) String token, @Context HttpServerRequest request) {
        Uni<Void> ended = token == null || token.isEmpty() ? Uni.createFrom().voidItem() : sessions.end(token);
        return ended.map(done -> RestResponse.ResponseBuilder.<Void>noContent()
                .cookie(SessionCookie.none(request))
                .build());
    }

    /** api's problem goes on as it is; a session that is over loses its cookie. */
    @ServerExceptionMapper
    RestResponse<String> refused(RefusedByApi refused, HttpServerRequest request) {
        RestResponse.ResponseBuilder<String> answer = RestResponse.ResponseBuilder.<String>create(refused.status())
                .entity(refused.problem())
                .header(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (refused.retryAfter() != null) {
            answer.header(HttpHeaders.RETRY_AFTER, refused.retryAfter());
        }
        return refused.endsSession()
                ? answer.cookie(SessionCookie.none(request)).build()
                : answer.build();
    }

    private RestResponse<Opened> with(HttpServerRequest request, Tokens tokens) {
        return RestResponse.ResponseBuilder.ok(tokens.opened())
                .cookie(SessionCookie.of(tokens.refreshToken(), config.cookieLife(), request))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
