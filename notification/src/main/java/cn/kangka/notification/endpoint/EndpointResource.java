package cn.kangka.notification.endpoint;

import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A citizen's own devices. */
@Path("/v1/me/endpoints")
@Tag(name = "Devices")
@RolesAllowed("citizen")
public class EndpointResource {
    /** What the app knows from its push provider. */
    public record Registration(
            @Schema(description = "the provider's token for this device") @NotBlank @Size(max = 2000)
            String token) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Registration";
        }
    }

    private final EndpointService endpoints;
    private final JsonWebToken caller;

    EndpointResource(EndpointService endpoints, JsonWebToken caller) {
        this.endpoints = endpoints;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "My devices")
    @APIResponse(responseCode = "200", description = "The devices, the last seen first; always one page")
    public Uni<Page<Device>> list() {
        return endpoints.of(account()).map(devices -> new Page<>(devices, null));
    }

    @PUT
    @Path("/{kind}")
    @Operation(
            summary = "Register this device",
            description = "Idempotent; call it at every start of the app. An account may have several devices; a device"
                    + " belongs to the account that registered it last. Only fcm is sent to as yet")
    @APIResponse(responseCode = "200", description = "The device")
    @APIResponse(responseCode = "422", description = "Unknown kind, or a token that is missing or too long")
    public Uni<Device> register(@PathParam("kind") String kind, @NotNull @Valid Registration body) {
        return endpoints.register(account(), kind, body.token());
    }

    @DELETE
    @Path("/{kind}")
    @Operation(summary = "Forget all my devices of a kind")
    @APIResponse(responseCode = "204", description = "Forgotten")
    public Uni<Void> removeAll(@PathParam("kind") String kind) {
        return endpoints.remove(account(), kind, null);
    }

    @DELETE
    @Path("/{kind}/{id}")
    @Operation(summary = "Forget one of my devices")
    @APIResponse(responseCode = "204", description = "Forgotten, or never known")
    public Uni<Void> remove(@PathParam("kind") String kind, @PathParam("id") UUID id) {
        return endpoints.remove(account(), kind, id);
    }

    private UUID account() {
        return UUID.fromString(caller.getSubject());
    }
}
