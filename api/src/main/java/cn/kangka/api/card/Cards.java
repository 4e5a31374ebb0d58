package cn.kangka.api.card;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Page;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** A citizen's own cards: who calls and at which level is checked here, everything else is the index's. */
@ApplicationScoped
public class Cards {
    private static final String EMPI = "empi";

    private final Callers callers;
    private final CardClient empi;
    private final CardConfig config;
    private final Database database;
    private final Audit audit;
    private final Denials denials;
    private final Notices notices;

    Cards(
            Callers callers,
            @RestClient CardClient empi,
            CardConfig config,
            Database database,
            Audit audit,
            Denials denials,
            Notices notices) {
        this.callers = callers;
        this.empi = empi;
        this.config = config;
        this.database = database;
        this.audit = audit;
        this.denials = denials;
        this.notices = notices;
    }

    Uni<Page<Card>> list() {
        return own("card.list", null, caller -> empi.list(caller.person()))
                .map(cards -> new Page<>(cards.items() == null ? List.of() : cards.items(), null));
    }

    /** The regional card; the present one (200) when there is one, else a new one (201). */
    Uni<RestResponse<Card>> apply() {
        return own("card.apply", null, caller -> empi.apply(caller.person(), new CardClient.Wish(caller.channel())))
                .map(answer -> RestResponse.status(
                        RestResponse.Status.fromStatusCode(answer.getStatus()), answer.getEntity()));
    }

    Uni<CardCode> code(UUID card) {
        return own("card.code", card, caller -> empi.code(card, new CardClient.Holder(caller.person())));
    }

    /** Reports a card lost: void in every hospital as soon as this completes. */
    Uni<Card> lose(UUID card) {
        return callers.citizen(config.level())
                .flatMap(caller -> asked(
                                caller,
                                "card.loss",
                                card,
                                empi.lose(card, new CardClient.Loss(caller.person(), caller.channel())))
                        .call(() -> database.write(tx -> lost(tx, caller, card))))
                .invoke(notices::wake);
    }

    Uni<Page<CardUse>> uses(int limit, String cursor) {
        return own("card.uses", null, caller -> empi.uses(caller.person(), limit, cursor));
    }

    private Uni<Void> lost(SqlConnection tx, Caller caller, UUID card) {
        return audit.record(tx, entry(caller, "card.loss", card))
                .chain(() -> notices.tell(
                        tx,
                        Notice.now(
                                "card-lost:" + card,
                                "card-lost",
                                Notice.Recipient.account(caller.account(), caller.person()),
                                Map.of(),
                                "/card")));
    }

    private <T> Uni<T> own(String action, UUID card, Function<Caller, Uni<T>> call) {
        return callers.citizen(config.level()).flatMap(caller -> asked(caller, action, card, call.apply(caller))
                .call(() -> audit.record(entry(caller, action, card))));
    }

    /** The index's answer; what it does not show to this person is noted as denied. */
    private <T> Uni<T> asked(Caller caller, String action, UUID card, Uni<T> call) {
        return Refusals.orUnavailable(EMPI, call)
                .onFailure(failure -> failure instanceof HttpProblem refusal && refusal.getStatusCode() == 404)
                .recoverWithUni(() -> denials.notFound(action, caller.person(), object(card)));
    }

    private static AuditEntry entry(Caller caller, String action, UUID card) {
        return AuditEntry.allowed("CITIZEN", caller.account().toString(), action, caller.person(), object(card));
    }

    private static String object(UUID card) {
        return card == null ? null : card.toString();
    }
}
