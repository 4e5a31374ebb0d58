package cn.kangka.bff.session;

import cn.kangka.kit.problem.ProblemTexts;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Opens, renews and ends a browser's session at api. */
@ApplicationScoped
class Sessions {
    private static final Logger LOG = Logger.getLogger(Sessions.class);

    private final LoginClient api;

    Sessions(@RestClient LoginClient api) {
        this.api = api;
    }

    /** Logs in; fails with {@link RefusedByApi}, or 503 when api is out of reach. */
    Uni<Tokens> open(Credentials credentials, String address) {
        return reached(api.login(language(), address, credentials));
    }

    /** Rotates the refresh token. */
    Uni<Tokens> renew(String refreshToken) {
        return reached(api.refresh(language(), new RefreshToken(refreshToken)));
    }

    /**
     * Ends the session at api as far as that can be reached: the browser forgets it in any case. api ends the session
     * that an access token names, so the cookie is turned into one first.
     */
    Uni<Void> end(String refreshToken) {
        return api.refresh(language(), new RefreshToken(refreshToken))
                .flatMap(tokens -> api.logout("Bearer " + tokens.accessToken()))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.debugf("api did not end the session: %s", failure.toString());
                    return Uni.createFrom().voidItem();
                });
    }

    private static Uni<Tokens> reached(Uni<Tokens> call) {
        return call.onFailure(failure -> !(failure instanceof RefusedByApi)).transform(failure -> {
            LOG.warnf("api does not answer a login: %s", failure.toString());
            return Problems.of(503, "unavailable");
        });
    }

    private static String language() {
        return ProblemTexts.locale().toLanguageTag();
    }
}
