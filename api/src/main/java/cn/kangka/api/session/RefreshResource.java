package cn.kangka.api.session;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A login goes on. */
@Path("/v1/login/refresh")
@Tag(name = "Login")
public class RefreshResource {
    private static final int LONGEST = 200;

    private final Sessions sessions;

    RefreshResource(Sessions sessions) {
        this.sessions = sessions;
    }

    @Schema(description = "The refresh token of the last login or refresh")
    record Refresh(@NotNull @Size(max = LONGEST) String refreshToken) {
        @Override
        public String toString() {
            return "a refresh";
        }
    }

    @POST
    @PermitAll
    @Operation(
            summary = "Go on with a login",
            description = "The refresh token is used up; the answer has a new one. An old one that comes back ends the"
                    + " whole login, because somebody else may have it. The new access token says the level reached"
                    + " meanwhile.")
    @APIResponse(responseCode = "200", description = "New tokens")
    @APIResponse(responseCode = "401", description = "refresh-refused: unknown, used, expired or ended")
    public Uni<Tokens> refresh(@NotNull @Valid Refresh refresh) {
        return sessions.renew(refresh.refreshToken());
    }
}
