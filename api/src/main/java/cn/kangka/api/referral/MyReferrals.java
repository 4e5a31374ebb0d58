package cn.kangka.api.referral;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.referral.ReferralPolicy.Act;
import cn.kangka.api.referral.ReferralPolicy.Side;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;

/** What a citizen sees of their own referrals, and decides: whether documents are shared, and whether they go at all. */
@ApplicationScoped
public class MyReferrals {
    private final Database database;
    private final Callers callers;
    private final Denials denials;
    private final ReferralStore store;
    private final ReferralChangeStore changes;
    private final ReferralMoves moves;
    private final Audit audit;
    private final Clock clock;
    private final int level;

    MyReferrals(
            Database database,
            Callers callers,
            Denials denials,
            ReferralStore store,
            ReferralChangeStore changes,
            ReferralMoves moves,
            Audit audit,
            Clock clock,
            ReferralConfig config) {
        this.database = database;
        this.callers = callers;
        this.denials = denials;
        this.store = store;
        this.changes = changes;
        this.moves = moves;
        this.audit = audit;
        this.clock = clock;
        this.level = config.level();
    }

    /** The calling citizen's, the newest first; each with its documents. */
    public Uni<Page<ReferralView>> mine(int limit, String cursor) {
        return callers.citizen(level)
                .chain(caller -> store.list(
                        database.pool(),
                        ReferralStore.Box.PERSON,
                        caller.person(),
                        null,
                        Cursor.decode(cursor),
                        limit + 1))
                .map(rows -> Page.of(rows, limit, row -> new Cursor(row.madeAt().toInstant(), row.id())));
    }

    /** One, with documents and history; 404 for anybody else's. */
    public Uni<ReferralView> one(UUID id) {
        return callers.citizen(level).chain(caller -> own(caller, id, "referral.read"));
    }

    private Uni<ReferralView> own(Caller caller, UUID id, String action) {
        return store.find(database.pool(), id)
                .chain(view -> view == null || !view.person().equals(caller.person())
                        ? denials.notFound(action, view == null ? null : view.person(), id.toString())
                        : store.documents(database.pool(), id).chain(documents -> store.steps(database.pool(), id)
                                .map(steps -> view.whole(documents, steps))));
    }

    /** Agrees that the documents are shared, or withdraws that: from now on. */
    public Uni<ReferralView> consent(UUID id, boolean agree) {
        return callers.citizen(level).chain(caller -> own(caller, id, "referral.consent")
                .chain(() -> database.write(tx -> consent(tx, caller, id, agree)))
                .chain(() -> own(caller, id, "referral.consent")));
    }

    private Uni<Void> consent(SqlConnection tx, Caller caller, UUID id, boolean agree) {
        return changes.lock(tx, id)
                .chain(referral -> changes.consent(tx, id, referral.consent().said(agree), OffsetDateTime.now(clock))
                        .chain(() -> audit.record(
                                tx,
                                AuditEntry.allowed(
                                                "CITIZEN",
                                                caller.account().toString(),
                                                "referral.consent",
                                                caller.person(),
                                                id.toString())
                                        .because(agree ? "agreed" : "refused"))));
    }

    /** Does not go; the unit comes back without a mark. The same again changes nothing. */
    public Uni<ReferralView> refuse(UUID id) {
        return callers.citizen(level).chain(caller -> own(caller, id, "referral.refuse")
                .chain(() -> database.write(tx -> refuse(tx, caller, id)))
                .chain(() -> own(caller, id, "referral.refuse")));
    }

    private Uni<Void> refuse(SqlConnection tx, Caller caller, UUID id) {
        return moves.lock(tx, id)
                .chain(referral -> switch (ReferralPolicy.decide(referral.status(), Act.CANCEL, Set.of(Side.PERSON))) {
                    case ALREADY -> Uni.createFrom().voidItem();
                    case NOT_YOURS, IMPOSSIBLE -> Uni.createFrom().failure(ReferralRefusals.state());
                    case MOVE ->
                        moves.move(
                                tx,
                                referral,
                                Act.CANCEL,
                                referral.appointment(),
                                null,
                                new ReferralMoves.By("CITIZEN", caller.account().toString(), "CITIZEN"));
                });
    }
}
