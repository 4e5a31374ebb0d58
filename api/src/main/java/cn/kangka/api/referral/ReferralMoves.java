package cn.kangka.api.referral;

import cn.kangka.api.appointment.ExemptBooking;
import cn.kangka.api.referral.ReferralPolicy.Act;
import cn.kangka.api.referral.ReferralPolicy.Side;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Moves a locked referral once {@link ReferralPolicy} allowed it: row, history, audit, unit and notice in one transaction. */
@ApplicationScoped
class ReferralMoves {
    private static final By REGION = new By("SERVICE", "api", "SERVICE");

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

    /** The referral, locked, and where its booking is by now: what became of that since the last round is followed first. */
    Uni<Referral> lock(SqlConnection tx, UUID id) {
        return store.lock(tx, id).chain(referral -> store.ended(tx, id)
                .chain(ended -> ended == null
                        ? Uni.createFrom().item(referral)
                        : follow(tx, ended).chain(() -> lock(tx, id))));
    }

    /** Goes where the booking went: to another one, to the visit, or back to before it. */
    Uni<Void> follow(SqlConnection tx, ReferralChangeStore.Ended ended) {
        Referral referral = ended.referral();
        if (ended.moved() != null) {
            return referral.status() == ReferralStatus.BOOKED
                    ? store.rebook(tx, referral.id(), ended.moved())
                    : region(tx, referral, Act.BOOK_INSTEAD, ended.moved());
        }
        return switch (ended.visit()) {
            case "CHECKED_IN", "COMPLETED" -> region(tx, referral, Act.SEE, referral.appointment());
            default -> region(tx, referral, Act.UNBOOK, null);
        };
    }

    /** What bookings and time do; nothing when it is too late for that. */
    Uni<Void> region(SqlConnection tx, Referral referral, Act act, UUID appointment) {
        return ReferralPolicy.decide(referral.status(), act, Set.of(Side.REGION)) == ReferralPolicy.Verdict.MOVE
                ? move(tx, referral, act, appointment, null, REGION)
                : Uni.createFrom().voidItem();
    }

    /** What the person did they know; a booking that ended has a notice of its own; nobody need be told they were there. */
    private static boolean toldBySomethingElse(Act act, By by) {
        return by.side().equals("CITIZEN") || act == Act.UNBOOK || act == Act.BOOK_INSTEAD || act == Act.SEE;
    }
}
