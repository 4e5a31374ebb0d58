package cn.kangka.empi.card;

import cn.kangka.empi.hospital.Announcements;
import cn.kangka.empi.hospital.CardNotice;
import cn.kangka.empi.person.Persons;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** The steps of a card's life, each written with its event; called in a unit of work by those who hold the lock. */
@ApplicationScoped
class CardLife {
    private static final ZoneId REGION = ZoneId.of("Asia/Shanghai");

    private final CardStore store;
    private final CardConfig config;
    private final Announcements announcements;
    private final Persons persons;
    private final Clock clock;

    CardLife(CardStore store, CardConfig config, Announcements announcements, Persons persons, Clock clock) {
        this.store = store;
        this.config = config;
        this.announcements = announcements;
        this.persons = persons;
        this.clock = clock;
    }

    /** A new regional card; null when the person has an open one already. */
    Uni<Card> issueRegional(SqlConnection tx, UUID person, Act act) {
        Instant now = clock.instant();
        Card card = Card.regional(person, now);
        return store.insert(tx, card)
                .chain(inserted -> inserted
                        ? store.record(tx, CardChange.ISSUE.name(), null, card, act, now)
                                .replaceWith(card)
                        : Uni.createFrom().nullItem());
    }

    /** A new regional card for each of many new persons. */
    Uni<Void> issueRegional(SqlConnection tx, List<UUID> fresh, Act act) {
        Instant now = clock.instant();
        List<Card> cards =
                fresh.stream().map(person -> Card.regional(person, now)).toList();
        return store.insertAll(tx, cards).chain(() -> store.recordIssued(tx, cards, act, now));
    }

    /** Changes a locked card; fails with 409 when its life cycle does not allow it. */
    Uni<Card> change(SqlConnection tx, Card card, CardChange change, Act act) {
        Instant now = clock.instant();
        if (!CardPolicy.allows(card, change, now, config.liftLossWithin())) {
            return Uni.createFrom().failure(CardProblems.changeImpossible(card.status()));
        }
        Card after = card.with(change.after(), now);
        return store.update(tx, after)
                .chain(() -> store.record(tx, change.name(), card.status(), after, act, now))
                .chain(() -> tell(tx, after))
                .replaceWith(after);
    }

    /** A lost card gives way to a new one. */
    Uni<Card> replace(SqlConnection tx, Card lost, CardChange how, Act act) {
        return change(tx, lost, how, act).chain(old -> issueRegional(tx, lost.person(), act)
                .call(fresh -> store.replacedBy(tx, old.id(), fresh.id())));
    }

    /** A locked card goes to another person, with its uses. */
    Uni<Card> move(SqlConnection tx, Card card, UUID to, Act act) {
        Card after = card.movedTo(to);
        return store.update(tx, after)
                .chain(() -> store.record(tx, "MOVE", card.status(), after, act, clock.instant()))
                .replaceWith(after);
    }

    /** Hospitals learn of everything that decides whether a card is taken. */
    private Uni<Void> tell(SqlConnection tx, Card card) {
        CardNotice notice = new CardNotice(
                card.kind().name(),
                card.source(),
                card.number(),
                card.status().name(),
                card.since().atZone(REGION).toOffsetDateTime());
        return persons.snapshot(tx, card.person())
                .chain(person ->
                        person == null ? Uni.createFrom().voidItem() : announcements.cardChanged(tx, person, notice));
    }
}
