package cn.kangka.empi.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CardPolicyTest {
    private static final Duration WITHIN = Duration.ofDays(15);
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private static Card card(CardStatus status, Instant lostAt) {
        return new Card(
                UUID.randomUUID(), UUID.randomUUID(), CardKind.REGIONAL, status, null, null, "1", NOW, lostAt, 1);
    }

    @Test
    void a_loss_may_be_lifted_for_fifteen_days_and_not_later() {
        Card atTheEdge = card(CardStatus.LOST, NOW.minus(WITHIN));
        Card tooLate = card(CardStatus.LOST, NOW.minus(WITHIN).minusMillis(1));
        assertThat(CardPolicy.allows(atTheEdge, CardChange.LIFT_LOSS, NOW, WITHIN))
                .isTrue();
        assertThat(CardPolicy.allows(tooLate, CardChange.LIFT_LOSS, NOW, WITHIN))
                .isFalse();
        assertThat(CardPolicy.allows(tooLate, CardChange.CANCEL, NOW, WITHIN)).isTrue();
    }

    @Test
    void nothing_happens_to_a_card_whose_life_is_over() {
        for (CardStatus over : Set.of(CardStatus.REPLACED, CardStatus.CANCELLED)) {
            for (CardChange change : CardChange.values()) {
                assertThat(CardPolicy.allows(card(over, null), change, NOW, WITHIN))
                        .as("%s from %s", change, over)
                        .isFalse();
            }
        }
    }

    @Test
    void a_frozen_card_can_be_lost_but_a_lost_one_cannot_be_frozen() {
        assertThat(CardPolicy.allows(card(CardStatus.FROZEN, null), CardChange.REPORT_LOST, NOW, WITHIN))
                .isTrue();
        assertThat(CardPolicy.allows(card(CardStatus.LOST, NOW), CardChange.FREEZE, NOW, WITHIN))
                .isFalse();
        assertThat(CardPolicy.allows(card(CardStatus.LOST, NOW), CardChange.THAW, NOW, WITHIN))
                .isFalse();
    }

    @Test
    void a_usable_card_survives_a_lost_one_and_of_two_alike_that_of_the_surviving_person() {
        Card active = card(CardStatus.ACTIVE, null);
        Card otherActive = card(CardStatus.ACTIVE, null);
        Card lost = card(CardStatus.LOST, NOW);
        assertThat(CardPolicy.survivor(lost, active)).isSameAs(active);
        assertThat(CardPolicy.survivor(active, lost)).isSameAs(active);
        assertThat(CardPolicy.survivor(active, otherActive)).isSameAs(active);
    }

    @Test
    void a_card_number_has_sixteen_digits_and_a_right_check_digit() {
        String number = CardNumber.next();
        assertThat(number).hasSize(16).containsOnlyDigits();
        assertThat(CardNumber.checkDigit(number.substring(0, 15))).isEqualTo(number.charAt(15) - '0');
        assertThat(CardNumber.checkDigit("7992739871")).isEqualTo(3);
    }
}
