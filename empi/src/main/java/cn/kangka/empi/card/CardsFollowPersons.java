package cn.kangka.empi.card;

import cn.kangka.empi.person.IdentityRef;
import cn.kangka.empi.person.PersonListener;
import cn.kangka.empi.person.PersonSnapshot;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Cards in the transaction in which persons are made, merged and split: everybody gets a regional card; after a merge
 * one stays and the other is cancelled; after a split hospital cards go with the hospital's record.
 */
@ApplicationScoped
class CardsFollowPersons implements PersonListener {
    private static final Act MADE = Act.rule("card.issue", "the person became known to the index");
    private static final Act MERGED = Act.rule("card.one-per-person", "two persons became one");
    private static final Act SPLIT = Act.rule("card.one-per-person", "the person was split");
    private static final Act UNDONE = Act.rule("card.one-per-person", "a merge was undone");

    private final CardStore store;
    private final CardLife life;

    CardsFollowPersons(CardStore store, CardLife life) {
        this.store = store;
        this.life = life;
    }

    @Override
    public Uni<Void> personMade(SqlConnection tx, PersonSnapshot person) {
        return life.issueRegional(tx, person.id(), MADE).replaceWithVoid();
    }

    @Override
    public Uni<Void> personsLoaded(SqlConnection tx, List<UUID> persons) {
        return life.issueRegional(tx, persons, MADE);
    }

    @Override
    public Uni<Void> personsMerged(SqlConnection tx, PersonSnapshot survivor, PersonSnapshot retired) {
        return store.lockOfPersons(tx, survivor.id(), retired.id()).chain(cards -> {
            Card kept = regional(cards, survivor.id());
            Card merged = regional(cards, retired.id());
            Card loser = kept == null || merged == null ? null : loser(kept, merged);
            Uni<Void> cancelled = loser == null
                    ? Uni.createFrom().voidItem()
                    : life.change(tx, loser, CardChange.CANCEL, MERGED).replaceWithVoid();
            return cancelled.chain(() -> each(
                    cards.stream()
                            .filter(card -> card.person().equals(retired.id()))
                            .toList(),
                    card -> store.lock(tx, card.id()).chain(now -> life.move(tx, now, survivor.id(), MERGED))));
        });
    }

    @Override
    public Uni<Void> personSplit(SqlConnection tx, PersonSnapshot remaining, PersonSnapshot fresh) {
        Set<UUID> gone = fresh.identities().stream().map(IdentityRef::identity).collect(Collectors.toSet());
        return store.lockOfPersons(tx, remaining.id())
                .chain(cards -> each(
                        cards.stream()
                                .filter(card -> card.identity() != null && gone.contains(card.identity()))
                                .toList(),
                        card -> life.move(tx, card, fresh.id(), SPLIT)))
                .chain(() -> life.issueRegional(tx, fresh.id(), SPLIT))
                .replaceWithVoid();
    }

    /** Cards that came over with the merge go back; a regional card that it cancelled is made anew. */
    @Override
    public Uni<Void> personRevived(SqlConnection tx, PersonSnapshot remaining, PersonSnapshot revived) {
        return store.lockOfPersons(tx, remaining.id())
                .chain(() -> store.hadBefore(tx, revived.id(), remaining.id()))
                .chain(back -> each(back, card -> life.move(tx, card, revived.id(), UNDONE)))
                .chain(() -> life.issueRegional(tx, remaining.id(), UNDONE))
                .chain(() -> personSplit(tx, remaining, revived));
    }

    private static Card loser(Card kept, Card merged) {
        return CardPolicy.survivor(kept, merged).equals(kept) ? merged : kept;
    }

    private static Card regional(List<Card> cards, UUID person) {
        return cards.stream()
                .filter(card -> card.person().equals(person) && card.isOpenRegional())
                .findFirst()
                .orElse(null);
    }

    private static Uni<Void> each(List<Card> cards, Function<Card, Uni<Card>> step) {
        return Multi.createFrom()
                .iterable(cards)
                .onItem()
                .transformToUniAndConcatenate(card -> step.apply(card))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
