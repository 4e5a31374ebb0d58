package cn.kangka.api.session;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A login ends. */
@Path("/v1/logout")
@Tag(name = "Login")
public class LogoutResource {
    private final Sessions sessions;
    private final JsonWebToken token;

    LogoutResource(Sessions sessions, JsonWebToken token) {
        this.sessions = sessions;
        this.token = token;
    }

    @POST
    @Authenticated
    @Operation(summary = "End this login", description = "Its tokens are void at once; other devices go on.")
    @APIResponse(responseCode = "204", description = "Ended; also when it had ended before")
    public Uni<Void> logout() {
        String session = token.getClaim("sid");
        return session == null ? Uni.createFrom().voidItem() : sessions.end(UUID.fromString(session));
    }
}
