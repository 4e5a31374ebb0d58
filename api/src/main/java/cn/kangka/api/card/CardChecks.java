package cn.kangka.api.card;

import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.platform.Institutions;
import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** A hospital's terminal checks the code that somebody shows. */
@ApplicationScoped
public class CardChecks {
    private static final String ACTION = "card.verify";

    private final Callers callers;
    private final CardClient empi;
    private final Database database;
    private final Audit audit;
    private final Denials denials;
    private final Notices notices;
    private final Institutions institutions;
    private final CardConfig config;

    CardChecks(
            Callers callers,
            @RestClient CardClient empi,
            Database database,
            Audit audit,
            Denials denials,
            Notices notices,
            Institutions institutions,
            CardConfig config) {
        this.callers = callers;
        this.empi = empi;
        this.database = database;
        this.audit = audit;
        this.denials = denials;
        this.notices = notices;
        this.institutions = institutions;
        this.config = config;
    }

    /** Uses the code up, at the hospital of the terminal's token. */
    Uni<VerifiedCard> verify(String code, Scene scene) {
        String source = callers.source();
        if (source == null) {
            return denials.forbidden(ACTION, null, null);
        }
        CardClient.Scan scan = new CardClient.Scan(code, scene, source, callers.actor());
        return Refusals.orUnavailable("empi", empi.verify(scan))
                .onFailure(HttpProblem.class)
                .recoverWithUni(this::refused)
                .call(card -> institutions
                        .name(source)
                        .flatMap(hospital -> database.write(tx -> used(tx, card, hospital, scene))))
                .invoke(notices::wake);
    }

    private Uni<VerifiedCard> refused(HttpProblem refusal) {
        return refusal.getStatusCode() >= 500
                ? Uni.createFrom().failure(refusal)
                : denials.refuse(refusal, ACTION, null, null);
    }

    private Uni<Void> used(SqlConnection tx, VerifiedCard card, String hospital, Scene scene) {
        return audit.record(
                        tx,
                        AuditEntry.allowed(
                                callers.actorKind(),
                                callers.actor(),
                                ACTION,
                                card.person(),
                                card.card().toString()))
                .chain(() -> notices.accountsOf(tx, card.person(), config.level()))
                .chain(accounts -> notices.tell(tx, tell(accounts, card, hospital, scene)));
    }

    private static List<Notice> tell(List<UUID> accounts, VerifiedCard card, String hospital, Scene scene) {
        return accounts.stream()
                .map(account -> Notice.now(
                        "card-used:" + card.card() + ":" + card.usedAt(),
                        "card-used",
                        Notice.Recipient.account(account, card.person()),
                        Map.of("hospital", hospital, "scene", scene.name(), "at", card.usedAt()),
                        "/card"))
                .toList();
    }
}
