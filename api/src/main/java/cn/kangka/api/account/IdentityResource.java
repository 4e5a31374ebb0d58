package cn.kangka.api.account;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Proof of a real name. */
@Path("/v1/me/identity")
@Tag(name = "Account")
public class IdentityResource {
    private final RealName realName;

    IdentityResource(RealName realName) {
        this.realName = realName;
    }

    @POST
    @RolesAllowed("citizen")
    @Operation(
            summary = "Prove name and id",
            description = "Level 1 when name and document agree with a person that a hospital registered, level 2 when"
                    + " the login phone is one that a hospital recorded for that person. Again later is allowed and may"
                    + " raise the level.")
    @APIResponse(responseCode = "200", description = "The level reached")
    @APIResponse(
            responseCode = "422",
            description = "identity-not-confirmed: never says which part was wrong; also when another account holds the"
                    + " person")
    @APIResponse(responseCode = "429", description = "identity-paused: three wrong tries pause the account for 24 h")
    @APIResponse(responseCode = "503", description = "unavailable: the index does not answer; the try does not count")
    public Uni<RealName.Reached> claim(@NotNull @Valid IdentityClaim claim) {
        return realName.claim(claim);
    }
}
