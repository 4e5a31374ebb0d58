package cn.kangka.empi.card;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The life cycle of cards: applied → active → (frozen ⇄ active) → reported lost → replaced or cancelled.
 */
final class CardPolicy {
    private static final Map<CardChange, Set<CardStatus>> ALLOWED_FROM = Map.of(
            CardChange.ISSUE, Set.of(CardStatus.APPLIED),
            CardChange.FREEZE, Set.of(CardStatus.ACTIVE),
            CardChange.THAW, Set.of(CardStatus.FROZEN),
            CardChange.REPORT_LOST, Set.of(CardStatus.ACTIVE, CardStatus.FROZEN),
            CardChange.LIFT_LOSS, Set.of(CardStatus.LOST),
            CardChange.REPLACE, Set.of(CardStatus.LOST),
            CardChange.CANCEL, Set.of(CardStatus.APPLIED, CardStatus.ACTIVE, CardStatus.FROZEN, CardStatus.LOST));

    /** Which regional card survives when a person is left with several: the most usable, then the oldest. */
    private static final List<CardStatus> USABLE_FIRST =
            List.of(CardStatus.ACTIVE, CardStatus.FROZEN, CardStatus.APPLIED, CardStatus.LOST);

    private CardPolicy() {}

    /** Whether the change may happen now; {@code liftWithin} is how long a report of loss can be taken back. */
    static boolean allows(Card card, CardChange change, Instant now, Duration liftWithin) {
        return ALLOWED_FROM.get(change).contains(card.status())
                && (change != CardChange.LIFT_LOSS || !now.isAfter(card.lostAt().plus(liftWithin)));
    }

    /**
     * Of several open regional cards the one that stays after a merge. A lost card never wins over a usable one, and
     * the surviving person's card wins over an equally usable one of the person merged away.
     *
     * @param kept cards of the surviving person
     * @param merged cards of the person merged away
     */
    static Card survivor(Card kept, Card merged) {
        return Comparator.<Card>comparingInt(card -> USABLE_FIRST.indexOf(card.status()))
                                .compare(kept, merged)
                        <= 0
                ? kept
                : merged;
    }
}
