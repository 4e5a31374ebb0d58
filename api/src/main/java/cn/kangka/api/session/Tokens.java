package cn.kangka.api.session;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a login or a refresh gives. */
@Schema(description = "Tokens of a login")
public record Tokens(
        @Schema(description = "Bearer token (ES256), for every service of the region")
        String accessToken,

        @Schema(description = "Good for one refresh") String refreshToken,

        @Schema(description = "Life of the access token in seconds", examples = "600")
        long expiresIn,

        @Schema(description = "Always Bearer") String tokenType) {

    @Override
    public String toString() {
        return "tokens";
    }
}
