package cn.kangka.api.agent;

import cn.kangka.api.session.Tokens;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Staff login of the sandbox. */
@Path("/v1/staff/login")
@Tag(name = "Login")
public class StaffLoginResource {
    private static final int LONGEST = 200;

    private final StaffLogin login;

    StaffLoginResource(StaffLogin login) {
        this.login = login;
    }

    @Schema(description = "A staff member's credentials")
    record Credentials(
            @NotBlank @Size(max = LONGEST) String username,
            @NotBlank @Size(max = LONGEST) String password,

            @Schema(description = "Second factor; not used in the sandbox", nullable = true) @Size(max = LONGEST)
            String otp) {
        @Override
        public String toString() {
            return "credentials";
        }
    }

    @POST
    @PermitAll
    @Operation(
            summary = "Staff login (sandbox)",
            description =
                    "Only where kangka.agent.sandbox-login is true; in production staff log in at the region's OIDC"
                            + " provider. The answer is refreshed like a citizen's.")
    @APIResponse(responseCode = "200", description = "Tokens; roles are in the token's groups")
    @APIResponse(responseCode = "401", description = "staff-login-refused")
    @APIResponse(responseCode = "404", description = "There is no such login here")
    @APIResponse(responseCode = "429", description = "staff-login-locked, with Retry-After")
    public Uni<Tokens> login(@NotNull @Valid Credentials credentials) {
        return login.login(credentials.username(), credentials.password());
    }
}
