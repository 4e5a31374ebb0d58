package cn.kangka.api.account;

import cn.kangka.api.person.PersonMoved;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Keeps accounts with their people: a merge binds them to the survivor (or suspends them when the survivor has one
 * already), undoing it gives them back, a split suspends them until it was reviewed.
 */
@ApplicationScoped
class AccountsFollowPersons implements PersonMoved {
    private final AccountStore accounts;
    private final AccountNews news;

    AccountsFollowPersons(AccountStore accounts, AccountNews news) {
        this.accounts = accounts;
        this.news = news;
    }

    @Override
    public Uni<Void> merged(SqlConnection tx, UUID loser, UUID survivor) {
        return accounts.rebind(tx, loser, survivor).flatMap(changed -> news.tell(tx, changed));
    }

    @Override
    public Uni<Void> revived(SqlConnection tx, UUID person, boolean suspect) {
        return accounts.giveBack(tx, person)
                .call(back -> news.tell(tx, back))
                .chain(() -> suspectChanged(tx, person, suspect));
    }

    @Override
    public Uni<Void> suspectChanged(SqlConnection tx, UUID person, boolean suspect) {
        return (suspect ? accounts.suspend(tx, person) : accounts.release(tx, person))
                .flatMap(changed -> news.tell(tx, changed));
    }
}
