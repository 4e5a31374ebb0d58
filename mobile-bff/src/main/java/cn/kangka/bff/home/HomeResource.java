package cn.kangka.bff.home;

import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code GET /v1/home}. */
@Path("/v1/home")
@RolesAllowed("citizen")
@Tag(name = "home", description = "A whole screen in one round trip")
public class HomeResource {
    private final HomeScreen screen;
    private final JsonWebToken token;

    HomeResource(HomeScreen screen, JsonWebToken token) {
        this.screen = screen;
        this.token = token;
    }

    @GET
    @Operation(
            summary = "The caller's home screen",
            description = "Card, next appointment, newest report, alerts and unread count; each part within 800 ms or "
                    + "left out and named in degraded. Never cached.")
    @APIResponse(responseCode = "200", description = "The screen, whole or in part")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Not a citizen's token")
    public Uni<RestResponse<Home>> home() {
        return screen.of(account(), level(), token.getRawToken()).map(home -> RestResponse.ResponseBuilder.ok(home)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build());
    }

    private UUID account() {
        try {
            return UUID.fromString(token.getSubject());
        } catch (IllegalArgumentException e) {
            throw Problems.forbidden();
        }
    }

    private int level() {
        return token.claim("level").map(Object::toString).map(Integer::valueOf).orElse(0);
    }
}
