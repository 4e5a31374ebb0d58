package cn.kangka.bff.session;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An open session, as the page sees it: without the refresh token.
 *
 * @param accessToken bearer token for {@code /v1/…}; keep it in memory only
 * @param expiresIn seconds until it expires
 */
@Schema(description = "An open session; the refresh token is in the cookie")
public record Opened(String accessToken, long expiresIn) {
    /** Holds secrets: never shown. */
    @Override
    public String toString() {
        return "a session";
    }
}
