package cn.kangka.bff.session;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

/** Where a browser keeps its refresh token: no script reads it, no other site sends it. */
final class SessionCookie {
    static final String NAME = "kangka_session";
    private static final String PATH = "/session";

    private SessionCookie() {}

    static NewCookie of(String refreshToken, Duration life, HttpServerRequest request) {
        return builder(request)
                .value(refreshToken)
                .maxAge((int) life.toSeconds())
                .build();
    }

    static NewCookie none(HttpServerRequest request) {
        return builder(request).value("").maxAge(0).build();
    }

    /** {@code Secure} over HTTPS, TLS at the ingress included; a laptop on http://localhost goes without. */
    private static NewCookie.Builder builder(HttpServerRequest request) {
        return new NewCookie.Builder(NAME)
                .path(PATH)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure("https".equals(request.scheme()));
    }
}
