package cn.kangka.notification.preference;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A citizen's own wishes. */
@Path("/v1/me/preferences")
@Tag(name = "Preferences")
@RolesAllowed("citizen")
public class PreferenceResource {
    private final PreferenceService preferences;
    private final JsonWebToken caller;

    PreferenceResource(PreferenceService preferences, JsonWebToken caller) {
        this.preferences = preferences;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "What I want to be told, and when not")
    @APIResponse(responseCode = "200", description = "The wishes; the region's defaults when none were said")
    public Uni<PreferenceView> find() {
        return preferences.of(UUID.fromString(caller.getSubject()));
    }

    @PUT
    @Operation(
            summary = "Change what I want to be told",
            description = "Quiet hours hold push and SMS, they never drop them; the inbox gets everything at once")
    @APIResponse(responseCode = "200", description = "The wishes as they are now")
    @APIResponse(responseCode = "422", description = "URGENT cannot be switched off")
    public Uni<PreferenceView> save(@NotNull @Valid PreferenceView wishes) {
        return preferences.save(UUID.fromString(caller.getSubject()), wishes);
    }
}
