package cn.kangka.api.partner;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the token endpoint answers: the one place whose errors are RFC 6749's and not RFC 9457's. */
sealed interface OAuthAnswer {
    @JsonIgnore
    int status();

    /** A token (RFC 6749, 5.1). */
    @Schema(description = "A token")
    record Granted(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,

            @JsonProperty("expires_in") @Schema(description = "Seconds")
            long expiresIn,

            @Schema(description = "Scopes, separated by spaces")
            String scope)
            implements OAuthAnswer {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public String toString() {
            return "a token";
        }
    }

    /** A refusal (RFC 6749, 5.2). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "A refusal")
    record Refused(
            @JsonIgnore int status,

            @Schema(description = "invalid_request, invalid_client, invalid_scope, unsupported_grant_type")
            String error,

            @JsonProperty("error_description") String description)
            implements OAuthAnswer {}

    static Refused badRequest(String error, String description) {
        return new Refused(400, error, description);
    }

    /** The same for an unknown client, a wrong key and an assertion that is not good (any more). */
    static Refused unknownClient() {
        return new Refused(401, "invalid_client", "the client or its assertion is not valid");
    }
}
