package cn.kangka.api.session;

import cn.kangka.kit.database.Database;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Refuses a staff token whose login was ended, at once and not when it expires. Citizens' are judged with their account
 * in the query of each request.
 */
@ApplicationScoped
class EndedStaffLogins implements SecurityIdentityAugmentor {
    private static final String CITIZEN = "citizen";

    private final Database database;
    private final SessionStore store;

    EndedStaffLogins(Database database, SessionStore store) {
        this.database = database;
        this.store = store;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.hasRole(CITIZEN)
                || !(identity.getPrincipal() instanceof JsonWebToken token)
                || token.getClaim("sid") == null) {
            return Uni.createFrom().item(identity);
        }
        return store.ended(database.pool(), UUID.fromString(token.getClaim("sid")))
                .map(ended -> {
                    if (ended) {
                        throw new AuthenticationFailedException("the login was ended");
                    }
                    return identity;
                });
    }
}
