package cn.kangka.api.partner;

import cn.kangka.kit.address.ClientAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;

/** The token endpoint for machines. */
@Path("/oauth2/token")
@Tag(name = "Partner")
public class OAuthResource {
    private final OAuth oauth;

    OAuthResource(OAuth oauth) {
        this.oauth = oauth;
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "A token for a machine",
            description = "Client credentials (RFC 6749, 4.4) with private_key_jwt (RFC 7523): the assertion is signed"
                    + " with ES256 or PS256, iss = sub = client_id, aud = this URL or the issuer kangka, exp at most 5"
                    + " minutes ahead, jti used once. The token lives 15 minutes.")
    @APIResponse(responseCode = "200", description = "access_token, token_type, expires_in, scope")
    @APIResponse(responseCode = "400", description = "invalid_request, invalid_scope, unsupported_grant_type")
    @APIResponse(responseCode = "401", description = "invalid_client")
    public Uni<RestResponse<OAuthAnswer>> token(
            @RestForm("grant_type") String grantType,
            @RestForm("client_id") String clientId,
            @RestForm("client_assertion_type") String assertionType,
            @RestForm("client_assertion") String assertion,
            @RestForm String scope,
            @Context HttpServerRequest http) {
        return oauth.token(
                        new OAuth.Request(grantType, clientId, assertionType, assertion, scope),
                        ClientAddress.of(http),
                        http.absoluteURI())
                .map(answer -> RestResponse.ResponseBuilder.create(
                                RestResponse.Status.fromStatusCode(answer.status()), answer)
                        .header("Cache-Control", "no-store")
                        .build());
    }
}
