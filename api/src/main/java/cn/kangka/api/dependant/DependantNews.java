package cn.kangka.api.dependant;

import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Tells each side what the other did. */
@ApplicationScoped
class DependantNews {
    private final Notices notices;

    DependantNews(Notices notices) {
        this.notices = notices;
    }

    /** The person's own account, if there is one; the carer knows. */
    Uni<Void> added(SqlConnection tx, UUID person, UUID relation) {
        return notices.accountsOf(tx, person, 1)
                .chain(accounts -> notices.tell(
                        tx,
                        accounts.stream()
                                .map(account -> notice(account, "ADDED", relation))
                                .toList()));
    }

    /** The carer, whose dependant ended it. */
    Uni<Void> ended(SqlConnection tx, UUID carer, UUID relation) {
        return notices.tell(tx, notice(carer, "ENDED", relation));
    }

    private static Notice notice(UUID account, String status, UUID relation) {
        return Notice.now(
                "dependant-changed:" + relation + ":" + status,
                "dependant-changed",
                Notice.Recipient.account(account, null),
                Map.of("status", status),
                "/family");
    }

    void wake() {
        notices.wake();
    }
}
