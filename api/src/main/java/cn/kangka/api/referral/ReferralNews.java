package cn.kangka.api.referral;

import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/** Tells the person what became of a referral, in the transaction in which it did; never why they are referred. */
@ApplicationScoped
class ReferralNews {
    private final Notices notices;
    private final ReferralStore store;
    private final int level;

    ReferralNews(Notices notices, ReferralStore store, ReferralConfig config) {
        this.notices = notices;
        this.store = store;
        this.level = config.level();
    }

    /** Somebody referred them. */
    Uni<Void> made(SqlConnection tx, Referral referral) {
        return tell(tx, "referral-made", referral);
    }

    /** Somebody else moved it. */
    Uni<Void> answered(SqlConnection tx, Referral referral) {
        return tell(tx, "referral-answered", referral);
    }

    /** Only who may read it: a referral tells of health, and is no booking that a carer makes. */
    private Uni<Void> tell(SqlConnection tx, String template, Referral referral) {
        return store.find(tx, referral.id()).chain(view -> notices.accountsOf(tx, referral.person(), level)
                .chain(accounts -> notices.tell(
                        tx,
                        accounts.stream()
                                .map(account -> Notice.now(
                                        template + ":" + view.id() + ":" + view.status() + ":"
                                                + view.changedAt().toInstant().toEpochMilli() + ":" + account,
                                        template,
                                        Notice.Recipient.account(account, referral.person()),
                                        params(view),
                                        "/referrals"))
                                .toList())));
    }

    private static Map<String, String> params(ReferralView view) {
        Map<String, String> params = new HashMap<>();
        params.put("from", view.from().name());
        params.put("hospital", view.to().name());
        params.put("status", view.status().name());
        params.put("consent", view.consent().name());
        params.put(
                "start",
                view.visit() == null || view.visit().start() == null
                        ? ""
                        : view.visit().start().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        return params;
    }

    void wake() {
        notices.wake();
    }
}
