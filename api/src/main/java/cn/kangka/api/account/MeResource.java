package cn.kangka.api.account;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The own account. */
@Path("/v1/me")
@RolesAllowed("citizen")
@Tag(name = "Account")
public class MeResource {
    private final Me me;

    MeResource(Me me) {
        this.me = me;
    }

    @GET
    @Operation(summary = "The own account", description = "Also for a suspended account, which may do nothing else.")
    @APIResponse(responseCode = "200", description = "Account, level, status")
    @APIResponse(responseCode = "401", description = "No or no valid token")
    public Uni<Me.View> view() {
        return me.view();
    }

    @GET
    @Path("/summary")
    @Operation(
            summary = "The home screen's share of this service",
            description = "Account, level, masked name, next appointment, newest report, number of alerts; what is not"
                    + " there, or takes a higher level, is left out.")
    @APIResponse(responseCode = "200", description = "The summary")
    @APIResponse(responseCode = "403", description = "account-suspended")
    public Uni<Map<String, Object>> summary() {
        return me.summary();
    }
}
