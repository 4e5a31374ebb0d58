package cn.kangka.api.account;

import cn.kangka.api.account.IdentityClient.Found;
import cn.kangka.api.account.IdentityClient.Question;
import cn.kangka.api.person.Persons;
import cn.kangka.api.platform.CardOrders;
import cn.kangka.api.platform.Notices;
import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Binds an account to the person its owner proves to be. */
@ApplicationScoped
public class RealName {
    /** From this level on the account's phone is known to be the person's. */
    private static final int PROVEN = 2;

    private final Database database;
    private final Callers callers;
    private final AccountStore accounts;
    private final IdentityTries tries;
    private final IdentityClient empi;
    private final Persons persons;
    private final AccountNews news;
    private final Notices notices;
    private final CardOrders cards;
    private final Audit audit;

    RealName(
            Database database,
            Callers callers,
            AccountStore accounts,
            IdentityTries tries,
            @RestClient IdentityClient empi,
            Persons persons,
            AccountNews news,
            Notices notices,
            CardOrders cards,
            Audit audit) {
        this.database = database;
        this.callers = callers;
        this.accounts = accounts;
        this.tries = tries;
        this.empi = empi;
        this.persons = persons;
        this.news = news;
        this.notices = notices;
        this.cards = cards;
        this.audit = audit;
    }

    /** The level reached. */
    @Schema(description = "The level the account has now")
    record Reached(
            @Schema(description = "1 named, 2 real name, 3 verified in person")
            int level) {}

    /**
     * Proves name and id.
     *
     * @return fails with 422 {@code identity-not-confirmed} whatever was wrong, 429 {@code identity-paused} after too
     *     many wrong tries, 503 when the index does not answer (that try does not count)
     */
    Uni<Reached> claim(IdentityClaim claim) {
        return callers.citizen(0)
                .call(caller -> tries.take(database.pool(), caller.account()))
                .flatMap(caller -> ask(caller, claim)
                        .flatMap(found -> database.write(tx -> settle(tx, caller, found)))
                        .invoke(() -> {
                            notices.wake();
                            cards.wake();
                        }))
                .onItem()
                .ifNull()
                .failWith(() -> Problems.of(422, "identity-not-confirmed"));
    }

    /** What the index says; null for no. */
    private Uni<Found> ask(Caller caller, IdentityClaim claim) {
        Uni<Found> answer = accounts.find(database.pool(), caller.account())
                .flatMap(account -> empi.claim(new Question(
                        claim.name().strip(),
                        claim.idType().strip(),
                        claim.idNumber().strip(),
                        account.phone())))
                .onFailure(HttpProblem.class)
                .recoverWithNull();
        return Refusals.orUnavailable("empi", answer)
                .onFailure()
                .call(() -> tries.giveBack(database.pool(), caller.account()));
    }

    /** Binds, or notes the refusal; null for the latter, so that what was noted is committed. */
    private Uni<Reached> settle(SqlConnection tx, Caller caller, Found found) {
        return found == null
                ? refuse(tx, caller.account(), null)
                : accounts.lockClaims(tx, found.person())
                        .chain(() -> persons.currentLocked(tx, found.person()))
                        .flatMap(person -> settle(tx, caller, person, found.level()));
    }

    private Uni<Reached> settle(SqlConnection tx, Caller caller, UUID person, int level) {
        return accounts.lock(tx, caller.account()).flatMap(account -> {
            if (!account.active()
                    || account.person() != null && !account.person().equals(person)) {
                return refuse(tx, caller.account(), person);
            }
            return persons.find(tx, person)
                    .flatMap(known -> known != null && known.suspect()
                            ? refuse(tx, caller.account(), person)
                            : accounts.otherHolder(tx, person, account.id())
                                    .flatMap(holder -> decide(tx, account, holder, person, level)));
        });
    }

    /** One account per person: who came first stays, unless only the second has shown that the phone is the person's. */
    private Uni<Reached> decide(SqlConnection tx, Account account, Account holder, UUID person, int level) {
        if (holder == null) {
            return bind(tx, account, person, level);
        }
        boolean better = holder.active() && holder.level() < PROVEN && level >= PROVEN;
        Uni<Void> told = news.about(tx, holder, "identity-claimed", account.id());
        return better
                ? told.chain(() -> accounts.unbind(tx, holder.id()))
                        .flatMap(unbound -> news.changed(tx, unbound))
                        .chain(() -> bind(tx, account, person, level))
                : told.chain(() -> refuse(tx, account.id(), person));
    }

    private Uni<Reached> bind(SqlConnection tx, Account account, UUID person, int level) {
        boolean newly = account.person() == null || level > account.level();
        return accounts.bind(tx, account.id(), person, level)
                .call(bound -> audit.record(
                        tx,
                        AuditEntry.allowed(
                                "CITIZEN",
                                account.id().toString(),
                                "identity.bind",
                                person,
                                account.id().toString())))
                .call(bound -> newly ? tell(tx, bound) : Uni.createFrom().voidItem())
                .map(bound -> new Reached(bound.level()));
    }

    private Uni<Void> tell(SqlConnection tx, Account bound) {
        return news.changed(tx, bound)
                .chain(() -> news.about(tx, bound, "identity-bound"))
                .chain(() -> cards.wanted(tx, bound.person()));
    }

    private Uni<Reached> refuse(SqlConnection tx, UUID account, UUID person) {
        return audit.record(
                        tx,
                        AuditEntry.denied("CITIZEN", account.toString(), "identity.bind", person, account.toString()))
                .replaceWith((Reached) null);
    }
}
