package cn.kangka.api.account;

import cn.kangka.api.session.SessionKind;
import cn.kangka.api.session.TokenHolders;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a citizen's token says: the level reached so far. A suspended account may log in, but not act. */
@ApplicationScoped
class Citizens implements TokenHolders {
    private final AccountStore accounts;

    Citizens(AccountStore accounts) {
        this.accounts = accounts;
    }

    @Override
    public SessionKind kind() {
        return SessionKind.CITIZEN;
    }

    @Override
    public Uni<Claims> claims(SqlConnection tx, String subject) {
        return accounts.find(tx, UUID.fromString(subject))
                .map(account -> account == null || account.status() == Account.Status.CLOSED
                        ? null
                        : new Claims(Set.of("citizen"), Map.of("level", account.level())));
    }
}
