package cn.kangka.api.platform;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The public keys by which everybody checks the region's tokens. */
@Path("/.well-known/jwks.json")
@Tag(name = "Login")
public class JwksResource {
    private final RegionKey key;

    JwksResource(RegionKey key) {
        this.key = key;
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Public keys of the issuer kangka", description = "A JSON Web Key Set (RFC 7517); ES256 only.")
    @APIResponse(responseCode = "200", description = "The key set; may be cached for five minutes")
    public RestResponse<String> keys() {
        return RestResponse.ResponseBuilder.ok(key.jwks(), MediaType.APPLICATION_JSON)
                .header("Cache-Control", "public, max-age=300")
                .build();
    }
}
