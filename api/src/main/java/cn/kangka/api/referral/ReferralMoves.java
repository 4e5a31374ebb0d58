package cn.kangka.api.referral;

import cn.kangka.api.appointment.ExemptBooking;
import cn.kangka.api.referral.ReferralPolicy.Act;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

/** Moves a locked referral once {@link ReferralPolicy} allowed it: row, history, audit, unit and notice in one transaction. */
@ApplicationScoped
class ReferralMoves {
    private final ReferralChangeStore store;
    private final ExemptBooking booking;
    private final ReferralNews news;
    private final Audit audit;
    private final Clock clock;
    private final int validDays;

    ReferralMoves(
            ReferralChangeStore store,
            ExemptBooking booking,
            ReferralNews news,
            Audit audit,
            Clock clock,
            ReferralConfig config) {
        this.store = store;
        this.booking = booking;
        this.news = news;
        this.audit = audit;
        this.clock = clock;
        this.validDays = config.validDays();
    }

    /**
     * Who moves it.
     *
     * @param kind as the audit names it
     * @param side as the history shows it
     */
    record By(String kind, String id, String side) {}

    /** When a referral that is made or answered now ends without a booking. */
    OffsetDateTime expiry() {
        return OffsetDateTime.now(clock).plusDays(validDays);
    }

    /**
     * Moves it.
     *
     * @param appointment the booking it has from now on
     * @return fails with 409 {@code referral-state} when it is to end, but the person was there already
     */
    Uni<Void> move(SqlConnection tx, Referral referral, Act act, UUID appointment, String text, By by) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        boolean released = referral.appointment() != null && (act == Act.CANCEL || act == Act.DECLINE);
        boolean answered = act == Act.ACCEPT || act == Act.UNBOOK;
        return (released
                        ? booking.release(tx, referral.appointment(), referral.to(), by.kind(), by.id())
                        : Uni.createFrom().item(true))
                .invoke(free -> {
                    if (!free) {
                        throw ReferralRefusals.state();
                    }
                })
                .chain(() -> store.move(tx, referral.id(), act, appointment, text, now, answered ? expiry() : null))
                .chain(() -> store.step(tx, referral.id(), act.to(), by.side(), by.id(), now))
                .chain(() -> audit.record(
                        tx,
                        AuditEntry.allowed(
                                by.kind(),
                                by.id(),
                                "referral." + act.to().name().toLowerCase(Locale.ROOT),
                                referral.person(),
                                referral.id().toString())))
                .chain(() -> toldBySomethingElse(act, by) ? Uni.createFrom().voidItem() : news.answered(tx, referral));
    }

    /** What the person did they know; a booking that ended has a notice of its own; nobody need be told they were there. */
    private static boolean toldBySomethingElse(Act act, By by) {
        return by.side().equals("CITIZEN") || act == Act.UNBOOK || act == Act.SEE;
    }
}
