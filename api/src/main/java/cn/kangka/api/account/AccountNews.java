package cn.kangka.api.account;

import cn.kangka.api.platform.AccountState;
import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Keeps {@code notification} informed of accounts, and their owners of what happened to them. */
@ApplicationScoped
class AccountNews {
    private final Notices notices;

    AccountNews(Notices notices) {
        this.notices = notices;
    }

    /** Says who the account is now. */
    Uni<Void> changed(SqlConnection tx, Account account) {
        return notices.accountChanged(
                tx,
                new AccountState(account.id(), account.phone(), account.locale(), account.active(), account.version()));
    }

    /** Says who the accounts are now, and tells the owner of each suspended one. */
    Uni<Void> tell(SqlConnection tx, List<Account> accounts) {
        Uni<Void> told = Uni.createFrom().voidItem();
        for (Account account : accounts) {
            told = told.chain(() -> account.active() ? Uni.createFrom().voidItem() : suspended(tx, account))
                    .chain(() -> changed(tx, account));
        }
        return told;
    }

    private Uni<Void> suspended(SqlConnection tx, Account account) {
        return about(tx, account, "account-suspended");
    }

    /** Tells the account's owner; once per version of the account. */
    Uni<Void> about(SqlConnection tx, Account account, String template) {
        return about(tx, account, template, account.version());
    }

    /** Tells the account's owner; once per {@code occasion}. */
    Uni<Void> about(SqlConnection tx, Account account, String template, Object occasion) {
        return notices.tell(
                tx,
                Notice.now(
                        template + ":" + account.id() + ":" + occasion,
                        template,
                        Notice.Recipient.account(account.id(), account.person()),
                        Map.of(),
                        "/me"));
    }
}
